"""Hubs push what publishers publish: subscribing, verifying, deliveries, and what happens when a hub goes."""

import json
import time
import unittest

from case import EndToEnd
from hub import Hub
from running import wait_until


class WebSub(EndToEnd):
    def setUp(self):
        super().setUp()
        self.hub = Hub()
        self.addCleanup(self.hub.stop)
        self.hub.items = ["first"]
        self.home.settings.update(self.hub.settings())

    def start(self, **settings):
        self.server = self.hub.server = self.home.serve(**settings)
        return self.server

    def subscribed(self, **settings):
        self.home.feeds("add", "http://feed.test/feed")
        self.start(**settings)
        wait_until("the subscription is verified", lambda: self.hub.subscription)
        wait_until("the first article is there", lambda: self.titles() == ["first"])

    def titles(self):
        return sorted(article["title"] for article in self.server.articles())

    def rows(self, columns):
        return self.home.database.rows(f"SELECT {columns} FROM push_subscriptions")

    def test_deliveries_of_each_digest_become_articles_within_a_second(self):
        self.subscribed()
        polls = len(self.hub.polls)
        asked = self.hub.asks[0]
        self.assertEqual(asked["hub.topic"], "http://feed.test/feed")
        self.assertTrue(asked["hub.callback"].startswith("http://news.test/websub/"))
        self.assertGreaterEqual(len(asked["hub.secret"]), 40)
        seconds = {}
        for digest in ("sha1", "sha256", "sha384", "sha512"):
            began = time.monotonic()
            self.assertEqual(self.hub.push(self.hub.feed([digest]), digest).status, 202)
            wait_until(f"the article signed by {digest}", lambda: digest in self.titles())
            seconds[digest] = time.monotonic() - began
        self.assertLess(min(seconds.values()), 1.0, seconds)
        self.assertEqual(len(self.hub.polls), polls, "nobody was asked for what was pushed")
        self.assertEqual(self.server.metric("websub_articles_total"), 4)

    def test_a_wrong_signature_is_answered_and_dropped(self):
        self.subscribed()
        forged = self.hub.feed(["forged"])
        for answer in (self.hub.push(forged, secret="other"), self.hub.push(forged, signature=""),
                       self.hub.push(forged, signature="sha256=00"), self.hub.push(forged, signature="md5=00")):
            self.assertEqual(answer.status, 202)
        self.assertEqual(self.hub.push(self.hub.feed(["true"])).status, 202)
        wait_until("what was signed is there", lambda: "true" in self.titles())
        self.assertEqual(self.titles(), ["first", "true"])
        self.assertEqual(self.server.metric('websub_deliveries_total{outcome="wrong_signature"}'), 4)

    def test_a_replay_brings_nothing_twice(self):
        self.subscribed()
        body = self.hub.feed(["again"])
        for _ in range(3):
            self.assertEqual(self.hub.push(body).status, 202)
        wait_until("the article is there", lambda: "again" in self.titles())
        self.hub.items.append("again")
        self.home.run("feeds", "enable", "http://feed.test/feed")  # polls it
        wait_until("it was polled", lambda: len(self.hub.polls) > 1)
        self.hub.push(self.hub.feed(["last"]))
        wait_until("the last one is there", lambda: "last" in self.titles())
        self.assertEqual(self.titles(), ["again", "first", "last"])

    def test_what_was_not_asked_for_is_not_found(self):
        self.subscribed()
        callback = self.hub.subscription["hub.callback"]
        good = {"hub.mode": "subscribe", "hub.topic": "http://feed.test/feed", "hub.challenge": "c"}
        for why, where, query in (
                ("another topic", callback, {**good, "hub.topic": "http://feed.test/other"}),
                ("no challenge", callback, {"hub.mode": "subscribe", "hub.topic": "http://feed.test/feed"}),
                ("to end it", callback, {**good, "hub.mode": "unsubscribe"}),
                ("another token", callback[:-1] + ("a" if callback[-1] != "a" else "b"), good),
                ("no token", "http://news.test/websub/1-x", good)):
            self.assertEqual(self.hub.call(where, query).status, 404, why)
        self.assertEqual(self.hub.call(callback, good).body, b"c")
        self.assertEqual(self.hub.call("http://news.test/websub/1-x", method="POST", body=b"x").status, 410)
        self.assertEqual(self.hub.call("http://news.test/api/v1/articles", method="POST", body=b"x").status, 405)

    def test_leases_are_renewed_before_they_end(self):
        self.hub.lease_seconds = 5
        self.subscribed()
        wait_until("it was renewed twice", lambda: len(self.hub.verified) >= 3)
        self.assertEqual({asked["hub.callback"] for asked in self.hub.asks}, {self.hub.asks[0]["hub.callback"]})
        self.assertEqual(self.rows("state"), [(2,)])

    def test_a_large_delivery_is_taken_whole(self):
        self.subscribed()
        body = self.hub.feed(["large"], text="word " * 2_000_000)
        self.assertGreater(len(body), 10_000_000)
        self.assertEqual(self.hub.push(body).status, 202)
        wait_until("the large article is there", lambda: "large" in self.titles())

    def test_a_delivery_that_is_too_large_is_refused_and_found_by_polling(self):
        self.subscribed()
        self.hub.items.append("huge")
        answer = self.hub.push(self.hub.feed(["huge"], text="word " * 3_100_000))
        self.assertEqual(answer.status, 413)
        self.home.run("feeds", "enable", "http://feed.test/feed")  # polls it
        wait_until("it is found by polling", lambda: "huge" in self.titles())

    def test_an_empty_delivery_makes_us_ask(self):
        self.subscribed()
        self.hub.items.append("second")
        self.assertEqual(self.hub.push(b"").status, 202)
        wait_until("the publisher was asked", lambda: "second" in self.titles())

    def test_a_proven_hub_saves_polls_until_it_fails(self):
        every_second = {"schedule.interval_seconds_min": 1, "schedule.interval_seconds_max": 1}
        self.subscribed(**every_second)
        self.hub.items.append("pushed")
        self.assertEqual(self.hub.push(self.hub.feed()).status, 202)
        # A poll may have been faster than the push: then the next push proves it.
        def quiet():
            before = len(self.hub.polls)
            time.sleep(4)
            if len(self.hub.polls) > before + 1:
                self.hub.items.append(f"pushed{len(self.hub.items)}")
                self.hub.push(self.hub.feed())
                return False
            return True
        wait_until("the publisher is left alone", quiet)
        # The hub loses one: a poll, when it comes, finds it, and polling begins again.
        self.hub.items.append("lost")
        self.home.run("feeds", "enable", "http://feed.test/feed")
        wait_until("the lost one is there", lambda: "lost" in self.titles())
        polls = len(self.hub.polls)
        wait_until("polling began again", lambda: len(self.hub.polls) > polls + 3)

    def test_a_denial_ends_it(self):
        self.subscribed()
        callback = self.hub.subscription["hub.callback"]
        denied = {"hub.mode": "denied", "hub.topic": "http://feed.test/feed", "hub.reason": "no more"}
        self.assertEqual(self.hub.call(callback, denied).status, 200)
        self.assertEqual(self.rows("state"), [(3,)])
        self.assertEqual(self.hub.push(self.hub.feed(["late"])).status, 410)

    def test_a_dead_hub_costs_no_articles(self):
        self.hub.status = 500
        self.home.feeds("add", "http://feed.test/feed")
        self.start(**{"websub.retry_seconds_min": 1, "schedule.interval_seconds_min": 1,
                      "schedule.interval_seconds_max": 1})
        wait_until("the hub was asked again", lambda: len(self.hub.asks) >= 2)
        self.hub.items.append("polled")
        wait_until("polling goes on", lambda: self.titles() == ["first", "polled"])
        self.hub.status = 202
        wait_until("the hub came back", lambda: self.hub.subscription)

    def test_a_removed_source_is_unsubscribed(self):
        self.subscribed()
        self.assertEqual(self.home.run("feeds", "remove", "http://feed.test/feed").returncode, 0)
        wait_until("the hub was told", lambda: self.hub.asks[-1]["hub.mode"] == "unsubscribe")
        wait_until("it is over", lambda: self.rows("state") == [])

    def test_a_restart_keeps_the_lease_and_what_was_accepted(self):
        self.subscribed()
        asks = len(self.hub.asks)
        self.assertEqual(self.hub.push(self.hub.feed(["accepted"])).status, 202)
        self.server.kill()
        self.start()
        wait_until("what was accepted is there", lambda: "accepted" in self.titles())
        self.assertEqual(self.hub.push(self.hub.feed(["after"])).status, 202)
        wait_until("pushes go on", lambda: "after" in self.titles())
        self.assertEqual(len(self.hub.asks), asks, "the lease was kept")

    def test_without_a_secret_a_push_only_points(self):
        self.subscribed(**{"websub.secret_over_http": "false"})
        self.assertNotIn("hub.secret", self.hub.subscription)
        self.hub.items.append("real")
        self.assertEqual(self.hub.push(self.hub.feed(["forged"]), secret="x").status, 202)
        wait_until("the publisher was asked", lambda: "real" in self.titles())
        self.assertNotIn("forged", self.titles())

    def test_without_a_public_address_it_is_off_and_says_so(self):
        self.home.settings.pop("serve.public_url")
        self.home.feeds("add", "http://feed.test/feed")
        self.start()
        wait_until("it is polled", lambda: self.titles() == ["first"])
        checks = self.server.get("/health/deep").json()["checks"]
        self.assertIn("serve.public_url", json.dumps(checks))
        doctor = self.home.run("doctor").stdout.decode()
        self.assertIn("serve.public_url", doctor)
        self.assertEqual(self.hub.asks, [])


class Access(EndToEnd):
    def setUp(self):
        super().setUp()
        self.hub = Hub()
        self.addCleanup(self.hub.stop)
        self.hub.items, self.hub.needs_key = ["private"], "hunter2-and-more"
        self.home.settings.update(self.hub.settings())

    def test_a_feed_is_read_with_what_it_asks_for_and_nobody_else_sees_it(self):
        url = "http://feed.test/feed"
        self.home.feeds("add", url)
        server = self.home.serve(**{"log.level": "debug"})
        refused = wait_until("it is refused", lambda: server.sources()[0].get("problem"))
        self.assertEqual(refused["error_class"], "http_401")
        self.assertEqual(self.home.run("secrets", "set", "key", stdin=b"hunter2-and-more\n").returncode, 0)
        done = self.home.run("feeds", "set", url, "--header-from", "X-Api-Key: key", "--user", "me",
                             "--user-agent", "Tidings for it", stdin=b"swordfish\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        wait_until("its article is there", lambda: len(server.articles()) == 1)
        last = self.hub.polls[-1]
        self.assertEqual(last["authorization"], "Basic bWU6c3dvcmRmaXNo")
        self.assertEqual(last["user-agent"], "Tidings for it")
        checked = json.loads(self.home.run("feeds", "check", url).stdout)
        self.assertEqual(checked["entries"], 1, "checked with what it asks for")
        self.assertEqual(server.sources()[0]["access"],
                         {"headers": ["X-Api-Key", "Authorization"], "user_agent": "Tidings for it", "proxy": False})
        listed = self.home.run("feeds", "list").stdout.decode()
        self.assertEqual(self.home.run("secrets", "rotate").returncode, 0)
        polls = len(self.hub.polls)
        self.home.run("feeds", "enable", url)
        wait_until("it is read after the rotation", lambda: len(self.hub.polls) > polls)
        self.assertEqual(self.hub.polls[-1]["x-api-key"], "hunter2-and-more")
        self.assertEqual(self.hub.asks, [], "no hub is told of a feed that asks who we are")
        everything = json.dumps(server.log) + listed + str(self.home.database.rows("SELECT * FROM sources"))
        for secret in ("hunter2", "swordfish", "bWU6c3dvcmRmaXNo"):
            self.assertNotIn(secret, everything)

    def test_a_feed_is_followed_with_what_it_asks_for(self):
        url = "http://feed.test/feed"
        server = self.home.serve()
        self.assertEqual(self.home.run("secrets", "set", "key", stdin=b"hunter2-and-more\n").returncode, 0)
        for words, status in ((["--header", "Host: x"], 2), (["--header-from", "X-Api-Key: missing"], 1)):
            self.assertEqual(self.home.run("feeds", "add", url, *words).returncode, status)
            self.assertEqual(server.sources(), [], "nothing is followed that cannot be asked")
        self.home.feeds("add", url, "--header-from", "X-Api-Key: key", "--user-agent", "Tidings for it")
        wait_until("its article is there", lambda: len(server.articles()) == 1)
        self.assertEqual({poll["x-api-key"] for poll in self.hub.polls}, {"hunter2-and-more"}, "never asked without")
        self.assertEqual(server.sources()[0]["access"],
                         {"headers": ["X-Api-Key"], "user_agent": "Tidings for it", "proxy": False})
        again = self.home.run("feeds", "add", url, "--clear-access")
        self.assertEqual(again.returncode, 0)
        self.assertIn(b"is followed already", again.stderr)
        self.assertEqual(server.sources()[0]["access"]["headers"], ["X-Api-Key"])

    def test_what_cannot_be_sent_is_refused(self):
        self.home.feeds("add", "http://feed.test/feed")
        for words, status in ((["--header", "Host: x"], 2), (["--header", "nonsense"], 2),
                              (["--header", "If-None-Match: x"], 2), (["--proxy", "ftp://x"], 2),
                              (["--header-from", "X-Key: missing"], 1), (["--bearer-from", "missing"], 1)):
            done = self.home.run("feeds", "set", "http://feed.test/feed", *words, stdin=b"")
            self.assertEqual(done.returncode, status, (words, done.stderr))
        self.assertEqual(self.home.run("feeds", "set", "http://feed.test/feed", "--header", "X-Key: hunter2").returncode, 0)
        moved = self.home.run("feeds", "set", "http://feed.test/feed", "--url", "http://evil.test/feed")
        self.assertEqual(moved.returncode, 1)
        self.assertIn(b"--clear-access", moved.stderr)
        self.assertNotIn(b"hunter2", moved.stderr)
        done = self.home.run("feeds", "set", "http://feed.test/feed", "--clear-access", "--url", "http://evil.test/feed")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("access", self.home.feeds("list")[0])


if __name__ == "__main__":
    unittest.main()
