"""Every command by itself: its output, and its exit status (0, 1 for failure, 2 for wrong usage)."""

import json
import subprocess
import time
import unittest

from case import BINARY, EndToEnd

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>A &amp; B</title><link>https://a.test/</link>
<description>d</description><item><title>One</title><guid>1</guid><link>/one</link>
<description>&lt;p onclick="x()"&gt;Hi&lt;/p&gt;&lt;script&gt;bad()&lt;/script&gt;</description></item></channel></rss>"""

PAGE = "http://page.test/"


class Commands(EndToEnd):
    def expect(self, status, *words, stdin=None, stores=False):
        done = self.home.run(*words, stdin=stdin, stores=stores)
        self.assertEqual(done.returncode, status, (words, done.stdout, done.stderr))
        if status != 0 and words[0] != "doctor":
            self.assertTrue(done.stderr.startswith(b"tidings: ") or words == (), done.stderr)
        return done.stdout

    def test_exit_statuses(self):
        for status, words, why in [
            (0, ["version"], "says its version"),
            (0, ["--help"], "help was asked for"),
            (2, [], "no command"),
            (2, ["nonsense"], "no such command"),
            (2, ["version", "--loud"], "no such option"),
            (2, ["parse"], "no file"),
            (2, ["parse", "a", "b"], "two files"),
            (1, ["parse", "/nonexistent"], "no such file"),
            (2, ["serve", "now"], "serve takes options only"),
            (2, ["serve", "--port"], "an option without its value"),
            (2, ["serve", "--set", "fetch.timeout=1"], "no such setting"),
        ]:
            with self.subTest(why):
                done = subprocess.run([BINARY, *words], capture_output=True)
                self.assertEqual(done.returncode, status, done.stderr)

    def test_version_is_json(self):
        self.assertEqual(json.loads(self.expect(0, "version"))["name"], "tidings")

    def test_parse_gives_one_json_object(self):
        document = json.loads(self.expect(0, "parse", "-", "--url", "https://a.test/feed.xml", stdin=RSS))
        self.assertEqual(document["format"], "rss 2.0")
        self.assertEqual(document["feed"]["title"], "A & B")
        entry = document["entries"][0]
        self.assertEqual(entry["url"], "https://a.test/one")
        self.assertIn("Hi", entry["summary_html"])
        self.assertNotIn("onclick", entry["summary_html"])
        self.assertNotIn("bad()", entry["summary_html"])

    def test_parse_fails_on_what_is_no_feed(self):
        self.expect(1, "parse", "-", stdin=b"<html><title>No feed</title></html>")

    def test_sanitize_makes_html_safe(self):
        html = self.expect(0, "sanitize", "--url", "https://a.test/b/",
                           stdin=b'<a href="c">x</a><img src=x onerror=y()><script>z()</script>').decode()
        self.assertIn("https://a.test/b/c", html)
        for bad in ("onerror", "script", "z()"):
            self.assertNotIn(bad, html)

    def test_feeds_are_added_listed_changed_and_removed(self):
        [added] = self.home.feeds("add", "https://example.org/feed.xml", "--title", "Example", "--folder", "News/World",
                                  "--language", "pt-BR", "--topic", "politics", "--interval", "15")
        self.assertTrue(added["is_new"])
        self.assertFalse(self.home.feeds("add", "https://example.org/feed.xml")[0]["is_new"])
        [listed] = self.home.feeds("list")
        self.assertEqual([listed[key] for key in ("title", "folder", "language", "topics", "interval_seconds")],
                         ["Example", ["News", "World"], "pt-BR", ["politics"], 900])
        self.home.feeds("set", str(added["id"]), "--title", "Renamed", "--interval", "0")
        [listed] = self.home.feeds("list")
        self.assertEqual(listed["title"], "Renamed")
        self.assertNotIn("interval_seconds", listed)
        self.home.feeds("disable", "https://example.org/feed.xml")
        self.assertEqual(self.home.feeds("list")[0]["health"], "disabled")
        self.home.feeds("remove", str(added["id"]))
        self.assertEqual(self.home.feeds("list"), [])
        self.expect(1, "feeds", "remove", str(added["id"]), stores=True)

    def test_feeds_check_and_discover_ask_once_and_store_nothing(self):
        publisher = self.publisher("--generated", 1, "--items", 3)
        self.home.settings.update(publisher.settings())
        checked = json.loads(self.expect(0, "feeds", "check", publisher.feeds()[0], stores=True))
        self.assertEqual(checked["articles"], 3)
        self.expect(1, "feeds", "check", "http://a.test/behavior/status/404", stores=True)
        found = self.expect(0, "feeds", "discover", publisher.feeds()[0], stores=True)
        self.assertIn(publisher.feeds()[0].encode(), found)
        self.assertEqual(self.home.feeds("list"), [])

    def test_opml_of_10000_feeds_is_imported_in_5_seconds_and_exported_again(self):
        outlines = "".join(
            f'<outline text="Folder {folder}"><outline text="Deeper">' +
            "".join(f'<outline type="rss" text="Feed {folder}-{n} &amp; more" xmlUrl="https://f{folder}.example/{n}"/>'
                    for n in range(100)) + "</outline></outline>" for folder in range(100))
        opml = f'<?xml version="1.0"?><opml version="2.0"><head/><body>{outlines}</body></opml>'.encode()
        started = time.monotonic()
        [outcome] = self.home.feeds("import", "-", stdin=opml)
        self.assertLess(time.monotonic() - started, 5)
        self.assertEqual(outcome, {"feeds": 10_000, "added": 10_000, "known": 0})
        exported = self.expect(0, "feeds", "export", stores=True)

        other = self.installation()
        self.assertEqual(other.feeds("import", "-", stdin=exported)[0]["added"], 10_000)
        folders = {tuple(feed["folder"]) for feed in other.feeds("list")}
        self.assertEqual(len(folders), 100)
        self.assertIn(("Folder 42", "Deeper"), folders)

    def test_doctor_finds_what_is_wrong(self):
        findings = self.expect(0, "doctor", stores=True).splitlines()
        self.assertTrue(all(json.loads(line)["ok"] for line in findings), findings)
        done = self.home.run("doctor", "--data", "/proc/nowhere", stores=False)
        self.assertEqual(done.returncode, 1)
        bad = [json.loads(line) for line in done.stdout.splitlines() if not json.loads(line)["ok"]]
        self.assertTrue(bad and all(finding["remedy"] for finding in bad), done.stdout)


if __name__ == "__main__":
    unittest.main()
