"""What articles are about, from a feed to the API; and analyzed anew beside a running server, interrupted in every way."""

import json
import signal
import subprocess
import unittest

from case import EndToEnd
from running import wait_until

FEEDS, ITEMS = 20, 50
ARTICLES = FEEDS * ITEMS


class AnalysisTest(EndToEnd):
    def serve_analyzed(self):
        """A server whose articles are all analyzed."""
        self.home.follow(self.publisher("--generated", FEEDS, "--items", ITEMS, "--publish-every", 1_000_000))
        server = self.home.serve()
        # Each article's analysis is an event too, which the consumer reads in turn.
        wait_until("all are analyzed", patience_s=180,
                   condition=lambda: server.metric('consumer_events_total{consumer="analyze"}') >= 2 * ARTICLES)
        return server

    def count(self, condition):
        [(count,)] = self.home.database.rows(f"SELECT COUNT(*) FROM analyses WHERE {condition}")
        return count

    def renewal_began_at(self):
        rows = self.home.database.rows("SELECT began_at FROM analysis_renewals")
        return rows[0][0] if rows else None

    def begin_reanalysis(self, *words):
        """The process, once it has stored something of what it is to do."""
        process = subprocess.Popen(self.home.command("reanalyze", *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
        self.addCleanup(process.kill)
        wait_until("some are analyzed anew", pause_s=0.005, condition=lambda: self.renewed() > 0)
        return process

    def renewed(self):
        began_at = self.renewal_began_at()
        return 0 if began_at is None else self.count(f"analyzed_at >= {began_at}")

    def reanalyze(self, *words):
        done = self.home.run("reanalyze", *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["analyzed"]

    def test_every_article_is_analyzed_once_and_lists_show_it(self):
        server = self.serve_analyzed()
        self.assertEqual(self.count("1 = 1"), ARTICLES)
        listed = server.articles()
        self.assertEqual(len(listed), ARTICLES)
        for topic in {topic["code"] for article in listed for topic in article.get("topics", [])}:
            self.assertEqual([article["id"] for article in server.articles(f"&topic={topic}")],
                             [article["id"] for article in listed
                              if topic in [one["code"] for one in article.get("topics", [])]], topic)
        for tone in ("positive", "neutral", "negative"):
            self.assertEqual([article["id"] for article in server.articles(f"&sentiment={tone}")],
                             [article["id"] for article in listed if article.get("sentiment", {}).get("label") == tone])
        # Nothing is outdated, so there is nothing to do.
        self.assertEqual(self.reanalyze(), 0)

    def test_all_is_analyzed_anew_beside_a_server_that_learns_of_it(self):
        server = self.serve_analyzed()
        before = self.count("1 = 1"), len(server.articles("&sentiment=neutral"))
        newest = server.articles()[0]["id"]
        analyzed_at = server.get(f"/api/v1/articles/{newest}/analysis").json()["analyzed_at"]
        self.assertEqual(self.reanalyze("--all"), ARTICLES)
        self.assertIsNone(self.renewal_began_at())
        wait_until("the server tells of it", lambda: server.get(
            f"/api/v1/articles/{newest}/analysis").json()["analyzed_at"] > analyzed_at)
        self.assertEqual((self.count("1 = 1"), len(server.articles("&sentiment=neutral"))), before)

    def test_what_was_killed_goes_on_where_it_was(self):
        server = self.serve_analyzed()
        process = self.begin_reanalysis("--all")
        process.kill()
        process.wait()
        done = self.renewed()
        self.assertLess(done, ARTICLES)
        self.assertEqual(self.reanalyze(), ARTICLES - done)
        self.assertIsNone(self.renewal_began_at())
        self.assertEqual(self.reanalyze(), 0)
        self.assertEqual(server.terminate(), 0)
        self.home.database.check_whole()

    def test_an_interruption_says_how_far_it_came(self):
        self.serve_analyzed()
        process = self.begin_reanalysis("--all")
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 1)
        self.assertEqual(out, "")
        done = self.renewed()
        self.assertIn(f"stopped: {done:,} articles are analyzed, {ARTICLES - done:,} are left; `tidings reanalyze` goes on",
                      error.splitlines()[-1])
        # The same words again go on too.
        self.assertEqual(self.reanalyze("--all"), ARTICLES - done)


if __name__ == "__main__":
    unittest.main()
