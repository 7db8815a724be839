"""Which articles tell one story, from feeds to the API: found once, kept through kill -9, made anew, put right."""

import json
import pathlib
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from case import EndToEnd
from running import wait_until

PAPERS = ("herald", "courier", "gazette", "tribune")
HAPPENINGS = 15
# Three words that only one happening has; around them each paper has words of its own for it.
WORDS = [(f"Quorvik{n}", f"Zantelos{n}", f"Mirabund{n}") for n in range(HAPPENINGS)]


# One event in two languages, from tests/stories.
EARTHQUAKE = {
    "times": ("en", "Magnitude 6.4 earthquake strikes eastern Turkey, killing at least 41",
              "A strong earthquake hit Malatya province in eastern Turkey early on Monday, toppling dozens of buildings. "
              "The disaster agency AFAD said 41 people were dead and more than 300 injured."),
    "zeitung": ("de", "Erdbeben der Stärke 6,4 erschüttert den Osten der Türkei",
                "Bei einem schweren Erdbeben in der Provinz Malatya sind am Montag mindestens 41 Menschen ums Leben gekommen. "
                "Mehr als 300 Menschen wurden nach Angaben der Katastrophenschutzbehörde Afad verletzt."),
}


def item(paper, name, title, text, minutes):
    published = datetime.now(timezone.utc) - timedelta(minutes=minutes)
    return (f"<item><title>{title}</title><link>http://{paper}.test/{name}</link>"
            f"<guid>{paper}-{name}</guid><pubDate>{format_datetime(published)}</pubDate>"
            f"<description>{text}</description></item>")


def write_feed(folder, paper, language, items):
    pathlib.Path(folder, f"{paper}.xml").write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>The {paper}</title><language>{language}</language>'
        f"<link>http://{paper}.test/</link><description>News</description>{items}</channel></rss>", encoding="utf-8")


def article(paper, happening, minutes):
    place, person, thing = WORDS[happening]
    copies = paper == "tribune"  # word for word what the herald says
    told = "herald" if copies else paper
    text = " ".join(f"{place} and {person} of {thing}, said {told}{happening}n{i}." for i in range(12))
    return item(paper, happening, f"{place}: {person} finds {thing}", text, minutes)


def write_feeds(folder):
    for number, paper in enumerate(PAPERS):
        write_feed(folder, paper, "en",
                   "".join(article(paper, happening, 60 - happening - 10 * number) for happening in range(HAPPENINGS)))


class StoriesTest(EndToEnd):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="tidings-stories-")
        self.addCleanup(folder.cleanup)
        write_feeds(folder.name)
        self.home.follow(self.publisher("--folder", folder.name))

    def placed(self):
        [(count,)] = self.home.database.rows("SELECT COUNT(*) FROM story_articles")
        return count

    def wait_until_grouped(self, server):
        count = len(PAPERS) * HAPPENINGS
        wait_until("all articles are in stories", patience_s=180, condition=lambda: self.placed() == count and
                   all("story_id" in one for one in server.articles()) and len(server.articles()) == count)

    def partition(self, server):
        """The articles of each story, by address."""
        stories = {}
        for one in server.articles():
            stories.setdefault(one["story_id"], set()).add(one["url"])
        return sorted(sorted(urls) for urls in stories.values())

    def expect_one_story_for_each_happening(self, server):
        self.assertEqual(self.partition(server), sorted(
            sorted(f"http://{paper}.test/{happening}" for paper in PAPERS) for happening in range(HAPPENINGS)))

    def test_stories_come_out_with_their_publishers_and_reasons(self):
        server = self.home.serve()
        self.wait_until_grouped(server)
        self.expect_one_story_for_each_happening(server)
        listed = server.get("/api/v1/stories?publishers_min=2&limit=100").json()["stories"]
        self.assertEqual(len(listed), HAPPENINGS)
        for story in listed:
            # Which of the two that say the same came first is chance.
            self.assertEqual((story["articles"], story["copies"], story["publishers"]), (4, 1, 4))
            self.assertGreater(story["rank"]["score"], 1)
        story = server.get(f"/api/v1/stories/{listed[0]['id']}").json()
        self.assertEqual(len(story["by_publisher"]), 4)
        self.assertEqual(sum(step["articles"] for step in story["timeline"]["steps"]), 4)
        members = server.get(f"/api/v1/stories/{story['id']}/articles").json()["articles"]
        joined = [one for one in members if one["similarity"] > 0]
        self.assertEqual(len(joined), 3)
        self.assertTrue(all(one["evidence"] for one in joined))
        self.assertEqual(len(server.articles(f"&story={story['id']}")), 4)
        self.assertEqual(server.terminate(), 0)
        [(journal,)] = self.home.database.rows("SELECT COUNT(*) FROM story_journal")
        self.assertEqual(journal, 0, "a clean stop leaves a checkpoint and no journal")

    def test_a_server_that_is_killed_goes_on_with_the_same_stories(self):
        for kills in range(4):
            server = self.home.serve()
            wait_until("some more are in stories", pause_s=0.005, condition=lambda: self.placed() > 12 * kills)
            server.kill()
        before = self.home.database.rows("SELECT article_id, story_id, copy_of FROM story_articles ORDER BY article_id")
        server = self.home.serve()
        self.wait_until_grouped(server)
        self.expect_one_story_for_each_happening(server)
        after = self.home.database.rows("SELECT article_id, story_id, copy_of FROM story_articles ORDER BY article_id")
        self.assertLessEqual({row[0] for row in before}, {row[0] for row in after})
        self.assertEqual(server.terminate(), 0)
        self.home.database.check_whole()

    def test_made_anew_beside_a_server_or_without_they_are_the_same(self):
        server = self.home.serve()
        self.wait_until_grouped(server)
        before = self.home.database.rows("SELECT article_id, story_id, copy_of FROM story_articles ORDER BY article_id")

        def rebuilt():
            done = self.home.run("stories", "rebuild")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["grouped"], len(before))
            return self.home.database.rows("SELECT article_id, story_id, copy_of FROM story_articles ORDER BY article_id")
        self.assertEqual(rebuilt(), before)
        self.wait_until_grouped(server)
        self.expect_one_story_for_each_happening(server)
        self.assertEqual(server.terminate(), 0)
        self.assertEqual(rebuilt(), before)

    def test_what_a_person_says_holds(self):
        server = self.home.serve()
        self.wait_until_grouped(server)
        listed = server.get("/api/v1/stories").json()["stories"]
        first, second, third = (story["id"] for story in listed[:3])

        def edit(*words):
            done = self.home.run("stories", "edit", *words)
            self.assertEqual(done.returncode, 0, done.stderr)
        edit("merge", first, second)
        moved = wait_until("one of the two leads to the other", lambda: next(
            (answer for answer in (server.get(f"/api/v1/stories/{one}") for one in (first, second)) if answer.status == 308), None))
        self.assertEqual(server.get(moved.headers["Location"]).json()["articles"], 8)
        leaving = next(one["id"] for one in server.articles(f"&story={third}") if one["id"] != third)
        edit("remove", third, leaving)
        wait_until("it is for itself", lambda: server.get(f"/api/v1/articles/{leaving}").json()["story_id"] == leaving)
        wait_until("its story is without it", lambda: server.get(f"/api/v1/stories/{third}").json()["articles"] == 3)
        done = self.home.run("stories", "edit", "remove", third, leaving)
        self.assertIn(f"article {leaving} is not in story {third}".encode(), done.stderr)
        server.kill()
        self.assertEqual(self.home.run("stories", "rebuild").returncode, 0)
        server = self.home.serve()
        self.assertEqual(server.get(moved.headers["Location"]).json()["articles"], 8)
        self.assertEqual(server.get(f"/api/v1/articles/{leaving}").json()["story_size"], 1)

    def test_wrong_words_and_a_file_with_bad_lines_are_refused(self):
        self.assertEqual(self.home.run("stories", "edit", "merge", "1").returncode, 2)
        self.assertEqual(self.home.run("stories", "edit", "join", "1", "2").returncode, 2)
        self.home.serve().terminate()
        done = self.home.run("stories", "edit", "merge", "1", "2")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"story 1 is not there", done.stderr)
        families = pathlib.Path(self.home.folder, "families.tsv")
        families.write_text("herald.test\tThe House\nno tab here\n", encoding="utf-8")
        self.home.settings["stories.publisher_families"] = families
        done = subprocess.run(self.home.command("serve", "--port", 0), capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"line 2 has no tab", done.stderr)

    def test_ones_own_families_count_once(self):
        families = pathlib.Path(self.home.folder, "families.tsv")
        families.write_text("herald.test\tThe House\ncourier.test\tThe House\n", encoding="utf-8")
        server = self.home.serve(**{"stories.publisher_families": families})
        self.wait_until_grouped(server)
        for story in server.get("/api/v1/stories").json()["stories"]:
            self.assertEqual(story["publishers"], 3)


class LinkedStoriesTest(EndToEnd):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="tidings-links-")
        self.addCleanup(folder.cleanup)
        for paper, (language, title, text) in EARTHQUAKE.items():
            write_feed(folder.name, paper, language, item(paper, "earthquake", title, text, minutes=30))
        self.home.follow(self.publisher("--folder", folder.name))

    def story_in(self, server, language):
        """The story in this language as its own page shows it, once it is linked."""
        def linked():
            for one in server.get(f"/api/v1/stories?language={language}").json()["stories"]:
                story = server.get(f"/api/v1/stories/{one['id']}").json()
                return story if "links" in story else None
            return None
        return wait_until(f"the story in {language} is linked", linked)

    def expect_both_sides(self, server):
        english, german = self.story_in(server, "en"), self.story_in(server, "de")
        [link], [back] = english["links"], german["links"]
        self.assertEqual(link["story"]["id"], german["id"])
        self.assertEqual(link["story"]["headline"], german["headline"])
        self.assertEqual(back["story"]["id"], english["id"])
        self.assertGreaterEqual(link["score"], 0.5)
        said = {(one["kind"], one["text"], one.get("other")) for one in link["evidence"]}
        self.assertLessEqual({("number", "6.4", "6,4"), ("number", "41", None)}, said)
        self.assertEqual(said, {(one["kind"], one.get("other", one["text"]), one["text"] if "other" in one else None)
                                for one in back["evidence"]})
        return english["id"], german["id"]

    def test_one_event_in_two_languages_is_linked_after_a_kill_and_when_made_anew(self):
        server = self.home.serve()
        stories = self.expect_both_sides(server)
        server.kill()
        server = self.home.serve()
        self.assertEqual(self.expect_both_sides(server), stories)
        before = self.home.database.rows("SELECT * FROM story_links ORDER BY story_id")
        self.assertEqual(self.home.run("stories", "rebuild").returncode, 0)
        self.assertEqual(self.expect_both_sides(server), stories)
        self.assertEqual(self.home.database.rows("SELECT * FROM story_links ORDER BY story_id"), before)


if __name__ == "__main__":
    unittest.main()
