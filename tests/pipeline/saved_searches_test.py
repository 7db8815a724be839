"""Saved searches, asked of every new article: changed beside a running server, and kept through kill -9."""

import json
import unittest

from case import EndToEnd
from running import wait_until

FEEDS, ITEMS = 10, 40
ARTICLES = FEEDS * ITEMS


class SavedSearchesTest(EndToEnd):
    def setUp(self):
        super().setUp()
        self.home.follow(self.publisher("--generated", FEEDS, "--items", ITEMS, "--publish-every", 1_000_000))

    def search(self, *words, status=0):
        done = self.home.run("searches", *words)
        self.assertEqual(done.returncode, status, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def matched(self, search):
        return {row[0] for row in self.home.database.rows(
            f"SELECT article_id FROM search_matches WHERE search_id = {search}")}

    def articles(self):
        return {row[0] for row in self.home.database.rows("SELECT id FROM articles")}

    def wait_until_all_match(self, search):
        wait_until("every article matches", patience_s=180,
                   condition=lambda: len(self.articles()) == ARTICLES and self.matched(search) == self.articles())

    def test_every_article_matches_once_however_often_the_server_is_killed(self):
        [every] = self.search("add", "everything", "words:>0")
        self.search("add", "nothing", "=thiswordisnowhere")
        for kills in range(4):
            server = self.home.serve()
            wait_until("some more match", pause_s=0.005, condition=lambda: len(self.matched(every["id"])) > 30 * kills)
            server.kill()
        server = self.home.serve()
        self.wait_until_all_match(every["id"])
        listed = {one["name"]: one for one in server.get("/api/v1/searches").json()["searches"]}
        self.assertEqual(listed["everything"]["unread"], ARTICLES, "each counts once")
        self.assertEqual(listed["nothing"]["unread"], 0)
        page = server.get(f"/api/v1/searches/{every['id']}/matches?limit=200").json()
        ids = [match["article"]["id"] for match in page["matches"]]
        self.assertEqual(ids, sorted(self.articles(), reverse=True)[:200])
        self.assertEqual([one["id"] for one in self.search("read", "everything")], sorted(self.articles(), reverse=True))
        self.assertEqual(server.get(f"/api/v1/searches/{every['id']}").json()["unread"], 0)
        self.assertEqual(server.terminate(), 0)
        self.home.database.check_whole()

    def test_commands_change_them_by_name(self):
        [added] = self.search("add", "Votes", "election -football")
        self.assertEqual((added["query"], added["standing"]), ("election -football", True))
        self.search("add", "Votes", "other", status=1)
        self.search("add", "Broken", "(election", status=1)
        self.search("add", "Lonely", status=2)
        [changed] = self.search("set", "Votes", "--name", "Elections", "--standing", "no")
        self.assertEqual((changed["id"], changed["name"], changed["query"], changed["standing"]),
                         (added["id"], "Elections", "election -football", False))
        self.assertEqual(self.search("list"), [changed])
        self.search("remove", "Votes", status=1)
        self.search("remove", "Elections")
        self.assertEqual(self.search("list"), [])


if __name__ == "__main__":
    unittest.main()
