"""What rises, from feeds to the API: found in days of articles, told once through kill -9, shown now and of the past."""

import json
import pathlib
import shutil
import sqlite3
import tempfile
import time
import unittest
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from case import EndToEnd
from running import Sqlite, wait_until

PAPERS = ("herald", "courier", "gazette", "tribune", "observer", "chronicle")
USUAL, BURST = 72, 5  # items of each paper
DAYS_US, BURST_US = 3 * 24 * 3_600_000_000, 50 * 60_000_000
SUBJECTS = ("Harbor", "Council", "School", "Market", "Bridge", "Theater", "Garden", "Railway", "Library", "Museum")
ANALYZED, ROSE, OVER = 5, 50, 51  # kinds of events


def item(paper, name, title):
    published = datetime.now(timezone.utc) - timedelta(minutes=30)
    return (f"<item><title>{title}</title><link>http://{paper}.test/{name}</link><guid>{paper}-{name}</guid>"
            f"<pubDate>{format_datetime(published)}</pubDate><description>{title}, as {paper} has it: word{name} of {paper}{name}."
            f"</description></item>")


def write_feed(folder, paper, items):
    pathlib.Path(folder, f"{paper}.xml").write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>The {paper}</title><language>en</language>'
        f"<link>http://{paper}.test/</link><description>News</description>{''.join(items)}</channel></rss>", encoding="utf-8")


class TrendsTest(EndToEnd):
    def feeds(self, name, items_of):
        folder = tempfile.TemporaryDirectory(prefix="tidings-trends-")
        self.addCleanup(folder.cleanup)
        for number, paper in enumerate(PAPERS):
            write_feed(folder.name, f"{paper}_{name}", items_of(number, paper))
        return self.publisher("--folder", folder.name)

    def write(self, *statements):
        if not isinstance(self.home.database, Sqlite):
            for statement in statements:
                self.home.database.rows(statement)
            return
        connection = sqlite3.connect(self.home.database.path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    def count(self, where):
        [(count,)] = self.home.database.rows(f"SELECT COUNT(*) FROM events WHERE {where}")
        return count

    def last(self):
        [(last,)] = self.home.database.rows("SELECT MAX(sequence) FROM events")
        return last

    def cursor(self, consumer="trends"):
        return sum(row[0] for row in self.home.database.rows(f"SELECT sequence FROM cursors WHERE consumer = '{consumer}'"))

    def take_in(self, publisher, articles):
        self.home.follow(publisher)
        server = self.home.serve()
        wait_until("all are analyzed", patience_s=180, condition=lambda: self.count(f"kind = {ANALYZED}") >= articles)
        self.assertEqual(server.terminate(), 0)
        return self.last()

    def spread(self, after, upto, begin_us, span_us):
        """Lets the articles of these events be analyzed one after the other in that time; the rest happens in between."""
        events = f"sequence > {after} AND sequence <= {upto}"
        step = span_us // (self.count(f"kind = {ANALYZED} AND {events}") + 1)
        self.write(f"UPDATE events SET at = {begin_us} + r.number * {step} FROM (SELECT sequence AS s, SUM(CASE WHEN kind = {ANALYZED} "
                   f"THEN 1 ELSE 0 END) OVER (ORDER BY sequence) AS number FROM events WHERE {events}) AS r WHERE r.s = events.sequence")

    def plant(self):
        """Three days of news, and within the last hour what six papers tell of one thing; nothing of it counted yet."""
        usual = self.take_in(self.feeds("usual", lambda number, paper: [
            item(paper, i, f"{SUBJECTS[(i + number) % 10]} plan number {i} of {paper}") for i in range(USUAL)]), len(PAPERS) * USUAL)
        end = self.take_in(self.feeds("late", lambda number, paper: [
            item(paper, f"b{i}", f"Zantelos flood {paper} report {i}") for i in range(BURST)]), len(PAPERS) * (USUAL + BURST))
        now = int(time.time() * 1e6)
        self.spread(0, usual, now - DAYS_US - BURST_US, DAYS_US)
        self.spread(usual, end, now - BURST_US, BURST_US)
        of_article = f"(SELECT MIN(at) FROM events WHERE kind = {ANALYZED} AND subject = articles.id)"
        self.write(f"UPDATE articles SET published = {of_article}", "DELETE FROM cursors WHERE consumer = 'trends'",
                   "DELETE FROM trends", "DELETE FROM trend_keys",
                   "UPDATE trend_state SET version = 0, as_of = 0, checkpoint = '', checkpoint_cursor = 0")
        shutil.rmtree(self.home.folder / "index")
        return end

    def rising(self, server, rest=""):
        return [trend for trend in server.get("/api/v1/analytics/trends" + rest).json()["trends"]
                if "zantelos" in json.dumps(trend).lower()]

    def burst(self, server):
        """What was planted; that each paper's own name comes in bunches is told of too."""
        return [trend for trend in self.rising(server) if all("Zantelos" in article["title"] for article in trend["articles"])]

    def test_what_rises_is_told_once_however_often_the_server_is_killed(self):
        end = self.plant()
        for kills in range(4):
            server = self.home.serve()
            wait_until("some more is counted", pause_s=0.005, condition=lambda: self.cursor() > end * kills // 4)
            server.kill()
        server = self.home.serve()
        wait_until("all is counted", patience_s=180, condition=lambda: self.cursor() >= end and self.burst(server))
        [trend] = self.burst(server)
        self.assertGreaterEqual(trend["count"], 15)
        self.assertLess(trend["expected"], 3)
        self.assertIn("expected, p < 10", trend["explanation"])
        self.assertTrue(server.get("/api/v1/analytics/trends").json()["is_warm"])
        self.assertEqual(server.terminate(), 0)
        # And once more, from the checkpoint and without it.
        [(key,)] = self.home.database.rows("SELECT checkpoint FROM trend_state")
        self.assertTrue(key.startswith("trends/checkpoint-"))
        self.home.serve().kill()
        self.write("UPDATE trend_state SET checkpoint = 'trends/gone'")
        server = self.home.serve()
        server.wait_for_event("trends.restored", patience_s=180)
        [trend] = self.burst(server)
        self.assertEqual(server.terminate(), 0)
        told = [row[0] for row in self.home.database.rows(f"SELECT subject FROM events WHERE kind = {ROSE}")]
        over = [row[0] for row in self.home.database.rows(f"SELECT subject FROM events WHERE kind = {OVER}")]
        self.assertEqual((len(told), len(over)), (len(set(told)), len(set(over))), "each is told of once")
        self.assertLessEqual(set(over), set(told))
        [(is_told,)] = self.home.database.rows(f"SELECT told FROM trends WHERE id = {trend['id']}")
        self.assertEqual(trend["id"] in told, is_told == 1, "unless it was a part of another one first")
        self.home.database.check_whole()

    def test_commands_and_the_past_show_it(self):
        end = self.plant()
        server = self.home.serve()
        wait_until("all is counted", patience_s=180, condition=lambda: self.cursor() >= end and self.rising(server))
        wait_until("all can be found", patience_s=180, condition=lambda: server.get(
            "/api/v1/search?q=zantelos&stories=0").json()["count"]["articles"] == len(PAPERS) * BURST)
        done = self.home.run("trends", "--json", "--limit", 5)
        self.assertEqual(done.returncode, 0, done.stderr)
        listed = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertIn("zantelos", json.dumps(listed).lower())
        self.assertEqual(self.home.run("trends", "--kind", "color").returncode, 2)
        day = (datetime.now(timezone.utc) - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
        rose = self.rising(server, f"?since={day}&kind=entity,place,keyphrase")
        self.assertTrue(rose, "an entity, a place or a phrase of it rose in the last hours")
        done = self.home.run("trends", "--since", day)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("zantelos", done.stdout.decode().lower())
        self.assertEqual(server.terminate(), 0)


if __name__ == "__main__":
    unittest.main()
