"""From a publisher to the API: what a person sees who runs the program."""

import collections
import datetime
import json
import pathlib
import re
import time
import unittest
import urllib.parse

from case import EndToEnd
from running import EventStream, wait_until

TREE = pathlib.Path(__file__).resolve().parents[2]
FEEDS, ITEMS = 50, 8
EVERY_SECOND = {"schedule.interval_seconds_min": 1, "schedule.interval_seconds_max": 1}

# path on the publisher → the class that the source carries
BROKEN = {
    "/behavior/status/404": "http_404",
    "/behavior/status/503": "http_503",
    "/behavior/status/410": "http_410",
    "/behavior/loop/302": "too_many_redirects",
    "/behavior/closed-early": "bad_response",
    "/behavior/garbage": "bad_response",
    "/behavior/endless-headers": "too_large",
    "/behavior/bomb/gzip": "too_large",
    "/behavior/wrong-type": "not_a_feed",
}


def by_url(sources):
    return {source["url"]: source for source in sources}


class Flow(EndToEnd):
    def start(self, **settings):
        self.feeds = self.publisher("--generated", FEEDS, "--items", ITEMS, "--item-bytes", 700)
        self.assertEqual(self.home.follow(self.feeds)["added"], FEEDS)
        server = self.home.serve(**settings)
        wait_until("every article is stored", lambda: self.stored(server) == FEEDS * ITEMS)
        return server

    def expect_the_payload_of(self, source):
        """What the publisher sent is kept as it came, beside a running server."""
        [kept] = self.home.feeds("payloads", source["id"])
        printed = self.home.run("feeds", "payloads", source["id"], "--at", kept["received_at"])
        sent = self.home.run("parse", "-", stdin=printed.stdout, stores=False)
        self.assertEqual(len(json.loads(sent.stdout)["entries"]), ITEMS, printed.stderr)
        self.assertEqual(self.home.feeds("payloads", source["id"], "--day", "2001-01-01"), [])
        never = self.home.run("feeds", "payloads", source["id"], "--at", "2001-01-01T00:00:00Z")
        self.assertEqual(never.returncode, 1)
        self.assertIn(b"without --at", never.stderr)
        self.assertEqual(self.home.run("feeds", "payloads", source["id"], "--day", "today").returncode, 2)

    def stored(self, server):
        return server.get("/api/v1/stats").json().get("articles")

    def test_articles_of_imported_feeds_appear_once(self):
        server = self.start()
        articles = server.articles()
        urls = collections.Counter(article["url"] for article in articles)
        self.assertEqual(len(urls), FEEDS * ITEMS)
        self.assertEqual(set(urls.values()), {1})
        published = [article["published"] for article in articles]
        self.assertEqual(published, sorted(published, reverse=True))

        self.expect_the_payload_of(server.sources()[3])
        source = server.sources()[7]
        self.assertEqual(source["health"], "ok")
        of_source = server.articles(f"&source={source['id']}")
        self.assertEqual(len(of_source), ITEMS)
        whole = server.get(f"/api/v1/articles/{of_source[0]['id']}").json()
        self.assertEqual(whole["title"], of_source[0]["title"])
        self.assertIn("<p>", whole["content_html"])

    def test_a_second_refresh_is_conditional_and_stores_nothing(self):
        server = self.start(**EVERY_SECOND)
        wait_until("every feed is asked again",
                   lambda: server.metric('fetches_total{outcome="not_modified"}') >= FEEDS)
        self.assertEqual(server.metric("articles_added_total"), FEEDS * ITEMS)
        self.assertEqual(server.metric("articles_edited_total"), 0)
        self.assertEqual(server.metric('fetches_total{outcome="page"}'), FEEDS)

    def test_a_new_item_reaches_the_api_and_live_readers(self):
        server = self.start(**EVERY_SECOND)
        stream = EventStream(server.url + "/api/v1/live")
        self.addCleanup(stream.close)
        before = server.get("/api/v1/articles?limit=1")
        self.feeds.advance(3600)
        event = stream.wait_for(lambda one: one.get("event") == "article.added")
        article = json.loads(event["data"])
        self.assertEqual(server.get(f"/api/v1/articles/{article['id']}").status, 200)
        wait_until("the list shows it", lambda: self.stored(server) == FEEDS * (ITEMS + 1))
        self.assertNotEqual(server.get("/api/v1/articles?limit=1").body, before.body)

    def test_a_running_server_notices_added_and_disabled_feeds_within_a_second(self):
        server = self.start(**EVERY_SECOND)
        self.home.feeds("add", "http://one-more.test/feed", "--title", "One more")
        wait_until("the added feed is asked", lambda: self.feeds.requests("one-more.test") > 0,
                   patience_s=1 + self.slack_s())

        self.home.feeds("disable", self.feeds.feeds()[0])
        host = "generated-0.test"
        time.sleep(1 + self.slack_s())
        asked = self.feeds.requests(host)
        others = self.feeds.requests("generated-1.test")
        wait_until("other feeds are still asked", lambda: self.feeds.requests("generated-1.test") > others + 1)
        self.assertEqual(self.feeds.requests(host), asked)
        self.home.feeds("enable", self.feeds.feeds()[0])
        wait_until("an enabled feed is asked again", lambda: self.feeds.requests(host) > asked)
        self.assertEqual(server.terminate(), 0)

    def slack_s(self):
        """Sanitizers make everything slower, the promise of a second included."""
        return 1.0

    def test_a_broken_feed_says_why_and_costs_only_itself(self):
        publisher = self.publisher("--generated", 5, "--items", ITEMS, "--item-bytes", 700)
        self.home.follow(publisher)
        urls = {f"http://broken-{number}.test{path}": error_class
                for number, (path, error_class) in enumerate(BROKEN.items())}
        urls["http://10.0.0.1/feed"] = "address_refused"
        for url in urls:
            self.home.feeds("add", url)
        server = self.home.serve(**{"fetch.total_timeout_ms": 3000})

        def all_told():
            sources = by_url(server.sources())
            return all(sources[url].get("problem") for url in urls) and sources
        sources = wait_until("every broken feed has its problem", all_told)
        for url, error_class in urls.items():
            with self.subTest(url):
                problem = sources[url]["problem"]
                self.assertEqual(problem["error_class"], error_class)
                self.assertGreater(len(problem["message"].split()), 3, problem)
                self.assertIn("since", problem)
        wait_until("the others are stored", lambda: self.stored(server) == 5 * ITEMS)
        self.assertEqual(sum(source["health"] == "ok" for source in server.sources()), 5)

    def test_a_redirect_waits_for_its_turn_at_the_domain_that_it_leads_to(self):
        publisher = self.publisher("--generated", 0)
        self.home.settings.update(publisher.settings())
        count, busy = 40, urllib.parse.quote("http://target.test/behavior/retry-after/429?after=600", safe="")
        for number in range(count):
            self.home.feeds("add", f"http://from-{number}.test/behavior/redirect/302?to={busy}")
        server = self.home.serve()
        due = time.time() + 250  # the floor of the schedule less what this test may take

        def put_off():
            sources = server.sources()
            return all(datetime.datetime.fromisoformat(source["due_at"]).timestamp() > due for source in sources)
        wait_until("the domain that answered is left alone by all", put_off)
        self.assertLessEqual(publisher.requests("target.test"), 2, "one a second, and none once it asked for patience")
        self.assertTrue(all(publisher.requests(f"from-{number}.test") == 1 for number in range(count)))

    def test_a_large_slow_domain_leaves_room_for_the_others(self):
        publisher = self.publisher("--generated", 3, "--items", ITEMS, "--item-bytes", 700)
        self.home.settings.update(publisher.settings())
        outlines = "".join(f'<outline type="rss" xmlUrl="http://slow.test/behavior/stalled?{n}"/>' for n in range(1500))
        self.home.feeds("import", "-", stdin=f'<opml version="2.0"><body>{outlines}</body></opml>'.encode())
        self.home.follow(publisher)
        server = self.home.serve()
        wait_until("the others are stored", lambda: self.stored(server) == 3 * ITEMS)
        self.assertLess(publisher.requests("slow.test"), 1500)

    def test_a_restart_forgets_nothing(self):
        server = self.start()
        # The analyses are events too, which their consumer reads in turn.
        wait_until("what came is analyzed",
                   lambda: server.metric('consumer_events_total{consumer="analyze"}') >= 2 * FEEDS * ITEMS)
        wait_until("what was analyzed has its story", lambda: all("story_id" in article for article in server.articles()))
        before = {article["id"]: article for article in server.articles()}
        due = {source["id"]: source["due_at"] for source in server.sources()}
        self.assertEqual(server.terminate(), 0)

        again = self.home.serve()
        self.assertEqual({article["id"]: article for article in again.articles()}, before)
        self.assertEqual({source["id"]: source["due_at"] for source in again.sources()}, due)
        stats = wait_until("the consumers have caught up", lambda: again.get("/api/v1/stats").json())
        self.assertEqual(stats["articles"], FEEDS * ITEMS)
        # A poll of the schedule has passed once the next metrics differ in time.
        time.sleep(1)
        self.assertEqual(again.metric("fetch_requests_total"), 0, "nothing was due: nobody may be asked")

    def test_sigterm_lets_requests_end_and_exits_with_0(self):
        server = self.start()
        stream = EventStream(server.url + "/api/v1/live")
        self.addCleanup(stream.close)
        self.assertEqual(server.terminate(), 0)
        names = [entry["event"] for entry in server.log]
        self.assertIn("server.stopped", names)
        self.assertEqual(self.home.serve().get("/api/v1/stats").json().get("articles"), FEEDS * ITEMS)

    def test_every_metric_is_on_its_page(self):
        page = (TREE / "docs" / "operate" / "metrics.md").read_text()
        told = re.findall(r"^# TYPE (\w+)", self.start().get("/metrics").body.decode(), re.MULTILINE)
        self.assertGreater(len(told), 20)
        self.assertEqual([name for name in told if f"`{name}`" not in page], [])

    def test_wrong_requests_are_told_what_is_wrong(self):
        server = self.start()
        for target, status, named in [
            ("/api/v1/articles?limit=0", 400, "limit"),
            ("/api/v1/articles?colour=red", 400, "colour"),
            ("/api/v1/articles?since=yesterday", 400, "since"),
            ("/api/v1/articles?cursor=AAAA", 400, "cursor"),
            ("/api/v1/articles/999999999", 404, ""),
            ("/api/v1/nothing", 404, ""),
        ]:
            with self.subTest(target):
                answer = server.get(target)
                self.assertEqual(answer.status, status)
                self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
                self.assertIn(named, answer.json()["detail"])


if __name__ == "__main__":
    unittest.main()
