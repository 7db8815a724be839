"""Kills the server with SIGKILL at random moments under load, and looks for anything lost, doubled or out of order.

The publisher knows the truth: which items each feed has published. A life of the server goes like this: it catches up with
everything published so far (what an earlier life lost would stay missing here), then items keep coming while the list and
the event stream are read, and after at least `--commits` commits it is killed at a random moment. The database is then
looked at without the program, and again once the next life has opened it.

  crash_test.py --database sqlite|postgres --kills 20 [--commits 50] [--seed N]

The seed is printed; the same seed gives the same moments, as far as the machine's own timing allows.
"""

import argparse
import collections
import json
import os
import random
import sys
import threading
import time

from running import EventStream, Failed, Installation, Publisher, wait_until

# The publisher's clock also runs by itself: with a day between items, one of 200 feeds would publish unasked every
# seven minutes, and the count be off by one. With a hundred days that takes half a day.
FEEDS, ITEMS, PERIOD_S = 200, 24, 100 * 86_400

# A group commit takes what waits: small groups make many commits, and so many moments to be killed in.
SETTINGS = {"schedule.interval_seconds_min": 1, "schedule.interval_seconds_max": 1, "store.commit_refreshes_max": 4}


def require(condition, what):
    if not condition:
        raise Failed(what)


class Reader:
    """A client that remembers what it was told."""

    def __init__(self, server):
        self.server = server
        self.articles = {}  # id → url
        self.stream = EventStream(server.url + "/api/v1/live")
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        while not self._stopped.is_set():
            try:
                page = self.server.get("/api/v1/articles?limit=200").json()
            except (OSError, ValueError):
                return  # killed in the middle of an answer
            self.articles.update((article["id"], article["url"]) for article in page["articles"])
            self._stopped.wait(0.02)

    def stop(self):
        """What was seen: articles by id, and the event log's sequence → article."""
        self._stopped.set()
        self._thread.join()
        self.stream.close()
        events = {int(event["id"]): json.loads(event["data"])["id"] for event in list(self.stream.events)
                  if event.get("event") == "article.added" and "id" in event}
        return self.articles, events


class Trial:
    def __init__(self, options, installation, publisher):
        self.options, self.home, self.publisher = options, installation, publisher
        self.dice = random.Random(options.seed)
        self.published = FEEDS * ITEMS
        self.seen_articles, self.seen_events = {}, {}
        self.commits = 0

    def publish(self):
        self.publisher.advance(PERIOD_S)
        self.published += FEEDS

    def live_until_killed(self):
        server = self.home.serve(**SETTINGS)
        wait_until("the server catches up with its publishers",
                   lambda: server.get("/api/v1/stats").json().get("articles") == self.published)
        reader = Reader(server)
        commits_before = server.metric("commit_seconds_count")
        extra_s = self.dice.uniform(0, 0.5)
        # At most half of a feed's window, so that nothing leaves it unseen.
        for _ in range(ITEMS // 2):
            self.publish()
            time.sleep(self.dice.uniform(0, 0.2))
            if server.metric("commit_seconds_count") - commits_before >= self.options.commits:
                break
        wait_until(f"{self.options.commits} commits", lambda: (
            server.metric("commit_seconds_count") - commits_before >= self.options.commits))
        self.publish()
        time.sleep(extra_s)
        commits = server.metric("commit_seconds_count") - commits_before
        server.kill()
        articles, events = reader.stop()
        self.seen_articles.update(articles)
        self.seen_events.update(events)
        self.commits += commits
        return commits

    def check(self):
        """What must hold at every moment, whatever was going on when the server died."""
        rows = self.home.database.rows
        self.home.database.check_whole()

        events = rows("SELECT sequence, kind, subject FROM events ORDER BY sequence")
        require([row[0] for row in events] == list(range(1, len(events) + 1)), "the event log has gaps")
        added = [subject for _, kind, subject in events if kind == 1]
        articles = dict(rows("SELECT id, url FROM articles"))
        require(len(set(added)) == len(added), "an article was announced twice")
        require(set(added) == set(articles), "articles and their events differ")
        twice = [url for url, count in collections.Counter(articles.values()).items() if count > 1]
        require(not twice, f"stored twice: {twice[:3]}")

        [ledger] = rows("SELECT last_sequence, articles FROM ledger")
        require(ledger == (len(events), len(articles)), f"the ledger says {ledger}")

        by_sequence = {sequence: subject for sequence, _, subject in events}
        for sequence, article in self.seen_events.items():
            require(by_sequence.get(sequence) == article, f"event {sequence} was told and is not there")
        for article, url in self.seen_articles.items():
            require(articles.get(article) == url, f"article {article} was shown and is not there")

        [(cursor,)] = rows("SELECT coalesce(max(sequence), 0) FROM cursors WHERE consumer = 'hourly_counts'")
        counted = rows("SELECT coalesce(sum(articles), 0) FROM hourly_counts")[0][0]
        effective = sum(1 for sequence, kind, _ in events if kind == 1 and sequence <= cursor)
        require(int(counted) == effective, f"{counted} articles were counted, {effective} events took effect")

        rolled_up = rows("SELECT coalesce(sum(articles), 0) FROM rollups WHERE dimension = 15")[0][0]
        remembered = rows("SELECT count(*) FROM rollup_articles")[0][0]
        require(int(rolled_up) == remembered, f"{rolled_up} articles are rolled up, {remembered} are remembered")
        self.rolled_up = remembered

        numbers = collections.defaultdict(set)
        for url in articles.values():
            host, _, path = url.partition("://")[2].partition("/")
            numbers[host].add(int(path.split("-")[0]))
        for url, etag in rows("SELECT url, etag FROM sources JOIN source_states ON source_id = id WHERE etag <> ''"):
            host = url.split("/")[2]
            count = int(etag.strip('"').split("-")[2])  # "seed-feed-published"
            missing = set(range(count - ITEMS, count)) - numbers[host]
            require(not missing, f"{host}: the validator {etag} is stored without items {sorted(missing)}")
        return len(events), len(articles)

    def check_in_the_end(self):
        server = self.home.serve(**SETTINGS)
        wait_until("everything published has arrived",
                   lambda: server.get("/api/v1/stats").json().get("articles") == self.published)
        wait_until("every event took effect",
                   lambda: server.metric('consumer_lag_events{consumer="hourly_counts"}') == 0)
        articles = server.articles()
        require(len(articles) == self.published == len({article["url"] for article in articles}),
                f"{len(articles)} articles are listed, {self.published} were published")
        require(server.terminate() == 0, "the last server did not exit with 0")
        self.check()
        require(self.rolled_up == self.published, f"{self.rolled_up} of {self.published} articles are rolled up")

    def run(self):
        self.home.follow(self.publisher)
        for kill in range(1, self.options.kills + 1):
            commits = self.live_until_killed()
            events, articles = self.check()
            print(f"kill {kill}: after {commits:.0f} commits; {articles} articles and {events} events are whole",
                  flush=True)
        self.check_in_the_end()
        print(f"{self.options.kills} kills, {self.commits:.0f} commits, {self.published} articles: "
              "each is there once, the event log is whole")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgres"], required=True)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--commits", type=int, default=50, help="at least so many between two kills")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    publisher = Publisher(os.environ["TIDINGS_TEST_PUBLISHER"], "--generated", FEEDS, "--items", ITEMS,
                          "--item-bytes", 600, "--publish-every", PERIOD_S, "--seed", options.seed % 1000 + 1)
    home = Installation(os.environ["TIDINGS_TEST_BINARY"], options.database, os.environ.get("TIDINGS_TEST_POSTGRES"))
    try:
        Trial(options, home, publisher).run()
    except Failed as failure:
        print(f"FAILED with --seed {options.seed}: {failure}\nthe data are in {home.folder}", file=sys.stderr)
        home.own_folder = False
        return 1
    finally:
        home.remove()
        publisher.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
