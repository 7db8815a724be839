"""Searching, from outside: beside a running server and without one, through kill -9, and over damaged files."""

import json
import unittest

from case import EndToEnd
from running import wait_until

FEEDS, ITEMS = 8, 25
ARTICLES = FEEDS * ITEMS
EVERYTHING = "words:>0"


class SearchTest(EndToEnd):
    def setUp(self):
        super().setUp()
        self.home.follow(self.publisher("--generated", FEEDS, "--items", ITEMS, "--publish-every", 1_000_000))

    def command(self, *words, status=0):
        done = self.home.run(*words)
        self.assertEqual(done.returncode, status, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()

    def ids(self):
        return {row[0] for row in self.home.database.rows("SELECT id FROM articles")}

    def found(self, server):
        return server.get(f"/api/v1/search?q={EVERYTHING}&limit=1").json()["count"]["articles"]

    def wait_until_all_are_found(self, server):
        wait_until("every article is found", patience_s=180,
                   condition=lambda: len(self.ids()) == ARTICLES and self.found(server) == ARTICLES)

    def index_files(self):
        return sorted((self.home.folder / "index").iterdir())

    def test_the_index_is_the_stores_articles_however_often_the_server_is_killed(self):
        for kills in range(3):
            server = self.home.serve()
            wait_until("some more are found", pause_s=0.005, condition=lambda: self.found(server) > 20 * kills)
            self.command("search", EVERYTHING)  # beside it
            server.kill()
        server = self.home.serve()
        self.wait_until_all_are_found(server)
        listed, told = self.command("search", EVERYTHING, "--all", "--limit", ARTICLES)
        self.assertEqual({int(one["id"]) for one in listed}, self.ids())
        self.assertIn(f"{ARTICLES} articles match", told)
        self.assertEqual(server.terminate(), 0)
        [checked], _ = self.command("index", "check")
        self.assertEqual((checked["articles"], checked["indexed"]), (ARTICLES, ARTICLES))
        self.assertEqual([checked[what] for what in ("missing", "outdated", "gone", "damaged_segments")], [0] * 4)

    def test_damage_is_found_and_mended(self):
        server = self.home.serve()
        self.wait_until_all_are_found(server)
        self.assertEqual(server.terminate(), 0)
        [postings, *_] = [path for path in self.index_files() if path.suffix == ".postings"]
        content = bytearray(postings.read_bytes())
        content[len(content) // 2] ^= 1
        postings.write_bytes(content)
        [checked], told = self.command("index", "check", status=1)
        self.assertGreater(checked["damaged_segments"], 0)
        self.assertIn(postings.name, told)
        server = self.home.serve()
        self.wait_until_all_are_found(server)
        self.assertEqual(server.terminate(), 0)
        self.command("index", "check")
        (self.home.folder / "index" / "manifest").write_bytes(b"nothing")
        self.command("search", EVERYTHING, status=1)
        [rebuilt], _ = self.command("index", "rebuild")
        self.assertEqual(rebuilt["indexed"], ARTICLES)
        self.command("index", "check")

    def test_a_query_that_is_wrong_is_pointed_at(self):
        self.home.serve()
        _, told = self.command("search", "(election", status=1)
        self.assertIn("(", told)
        self.command("search", status=2)


if __name__ == "__main__":
    unittest.main()
