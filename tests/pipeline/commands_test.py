"""Every command by itself: its output, and its exit status (0, 1 for failure, 2 for wrong usage)."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import unittest

from case import BINARY, DATABASE, EndToEnd

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
            (2, ["feeds"], "which of them"),
            (2, ["feeds", "lst"], "no such command"),
            (0, ["feeds", "--help"], "help was asked for"),
            (0, ["feeds", "list", "-h"], "help was asked for"),
            (0, ["help", "feeds", "list"], "help was asked for"),
            (2, ["feeds", "export", "out.opml"], "standard output is where it goes"),
            (2, ["feeds", "list", "extra"], "a word too many"),
            (2, ["feeds", "import", "--starter", "extra"], "a file and the catalogue"),
            (2, ["feeds", "check", "https://a.test/", "extra"], "a word too many"),
            (2, ["dead-letters", "list", "extra"], "a word too many"),
            (2, ["secrets", "set"], "no name"),
            (2, ["secrets", "set", "guardian", "hunter2"], "a secret is no argument"),
            (2, ["secrets", "set", "No Name"], "no name for a secret"),
            (2, ["analyze", "extra"], "a word too many"),
            (2, ["reanalyze", "extra"], "a word too many"),
            (2, ["match", "extra"], "a word too many"),
            (2, ["match"], "no queries"),
            (1, ["match", "--queries", "/nonexistent"], "no such file"),
            (2, ["train", "topic"], "no input"),
            (2, ["train", "topic", "--from-feeds", "--input", "a"], "one or the other"),
            (2, ["doctor", "extra"], "a word too many"),
            (2, ["settings", "extra"], "a word too many"),
            (2, ["version", "extra"], "a word too many"),
            (2, ["feeds", "add", "notaurl"], "no address"),
            (2, ["feeds", "check", "notaurl"], "no address"),
            (2, ["feeds", "set", "1", "--url", "notaurl"], "no address"),
            (2, ["feeds", "set", "1", "2", "--url", "https://a.test/"], "one address for two feeds"),
            (2, ["parse", "-", "--url", "notaurl"], "no address"),
            (2, ["sanitize", "--url", "notaurl"], "no address"),
            (2, ["feeds", "list", "--country", "ZZZ"], "no country"),
            (2, ["feeds", "list", "--language", "klingonese"], "no language"),
            (2, ["settings", "--set", "foo"], "no value"),
            (2, ["settings", "--config", "/nonexistent.toml"], "no such file"),
            (2, ["settings", "--config", "/"], "a folder"),
            (2, ["dead-letters", "redrive", "--consumer", "x", "notanid"], "no id"),
        ]:
            with self.subTest(why, words=words):
                done = subprocess.run([BINARY, *words], capture_output=True, stdin=subprocess.DEVNULL)
                self.assertEqual(done.returncode, status, done.stderr)

    def test_analyze_says_what_each_line_is_about(self):
        title, text = "Tennis: Ana Ruiz wins in Paris", "Ana Ruiz won the final. \"A wonderful day for me,\" Ruiz said."
        given = [{"id": "a", "title": title, "text": text, "targets": [[8, 16]], "mentions": [[25, 30]]},
                 {"id": 7}, {"id": 8, "title": "\ud83d\ude00"}]
        out = self.expect(0, "analyze", stdin="\n".join(map(json.dumps, given)).encode())
        first, second, third = map(json.loads, out.splitlines())
        self.assertEqual([first["id"], second["id"], third["id"]], ["a", 7, 8])
        self.assertEqual(first["language"]["code"], "en")
        self.assertIn("sport", [topic["label"] for topic in first["topics"]])
        self.assertNotIn("evidence", first["topics"][0])
        self.assertGreater(first["sentiment"]["score"], 0)
        self.assertEqual(first["quotations"][0]["speaker"], "Ana Ruiz")
        self.assertEqual([(place["name"], place["country"]) for place in first["places"]], [("Paris", "FR")])
        self.assertEqual(first["targets"][0]["start"], 8)
        whole = (title + "\n" + text).encode()
        for entity in first["entities"]:
            for begin, end in entity["offsets"]:
                self.assertIn(whole[begin:end].decode(), [entity["text"], *entity["aliases"]])
        self.assertEqual((second["language"]["code"], second["words"]), ("und", 0))
        self.assertNotIn("sentiment", second)

        explained = json.loads(self.expect(0, "analyze", "--explain", stdin=json.dumps(given[0]).encode()))
        self.assertTrue(explained["topics"][0]["evidence"])

    def test_a_line_that_cannot_be_analyzed_costs_only_itself(self):
        out = self.expect(1, "analyze", stdin=b'{"id":1}\n{"id":\n{"id":3,"title":"\xff"}\n')
        self.assertEqual([json.loads(line)["id"] for line in out.splitlines()], [1, 3])

    def match(self, queries, articles, status=0):
        """What `tidings match` prints, and what it says of bad lines."""
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "queries.txt"
            file.write_text(queries)
            done = self.home.run("match", "--queries", str(file), stdin=articles.encode(), stores=False)
        self.assertEqual(done.returncode, status, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()

    def test_match_says_which_queries_each_article_matches(self):
        queries = "\n".join(['elections\tgeneral election -football', 'sports\ttopic:sport OR football', '"no tab"',
                             '{"id": 7, "query": "author:ruiz sentiment:negative"}', "", 'late\tsince:2026-11-01'])
        articles = "\n".join(json.dumps(article) for article in [
            {"id": 1, "title": "General elections", "text": "They vote.", "language": "en"},
            {"id": "b", "text": "A general said there is no tab for the election of football.", "language": "en"},
            {"id": 3, "topics": ["sport"], "authors": ["Ana Ruiz"], "sentiment": -0.5, "published": "2026-11-20T00:00:00Z"},
            {"id": 4, "text": "nothing"}])
        found, told = self.match(queries, articles)
        self.assertEqual(found, [{"id": 1, "matches": ["elections"]}, {"id": "b", "matches": ["sports", '"no tab"']},
                                 {"id": 3, "matches": ["sports", 7, "late"]}, {"id": 4, "matches": []}])
        self.assertEqual(told, "")

    def test_bad_lines_cost_match_only_themselves(self):
        found, told = self.match('a\tword\nb\t(word\nc\ttopic:nonsense\na\tother\n{"id":1}', '{"id":1,"text":"word"}\nno json\n', 1)
        self.assertEqual(found, [{"id": 1, "matches": ["a"]}])
        for said in ("queries.txt: line 2: ", "queries.txt: line 3: ", "queries.txt: line 4: ", "queries.txt: line 5: ", "line 2: "):
            self.assertIn(said, told)

    def test_reanalyze_wants_an_installation(self):
        self.expect(1, "reanalyze", "--data", str(self.home.folder / "nowhere"))

    def told(self, *words, environment=None):
        """What a command that is refused says."""
        done = subprocess.run([BINARY, *words], capture_output=True, stdin=subprocess.DEVNULL,
                              env={**os.environ, **(environment or {})})
        self.assertNotEqual(done.returncode, 0, words)
        return done.stderr.decode()

    def test_refusals_say_what_to_do(self):
        nowhere = str(self.home.folder / "nowhere")
        for words, expected in [
            (["feeds"], "tidings feeds add"),
            (["feeds", "add", "example.org/feed"], "did you mean https://example.org/feed?"),
            (["feeds", "add", "/srv/reports"], "a folder of documents is folder:/srv/reports"),
            (["feeds", "list", "--data", nowhere], "--data"),
            (["feeds", "list", "--config", "/nope.toml"], "/nope.toml: No such file or directory"),
            (["feeds", "list", "--config", "/"], "/: Is a directory"),
            (["serve", "--set", "serve.address=0.0.0.0"], "put a proxy"),
            (["serve", "--set", "fetch.allowed_addresses=bogus"], "fetch.allowed_addresses"),
            (["serve", "--set", "fetch.host_overrides=bogus"], "fetch.host_overrides"),
        ]:
            with self.subTest(words=words):
                self.assertIn(expected, self.told(*words))
        self.assertNotIn("tidings serve", self.told("feeds"), "only the group's own commands")

    def test_variables_of_the_environment_are_settings(self):
        self.assertIn("TIDINGS_SERVE_PORT", self.told("settings", environment={"TIDINGS_SERVE_PROT": "1"}))
        done = subprocess.run([BINARY, "settings"], capture_output=True, env={**os.environ, "TIDINGS_DATA_FOLDER": "/x"})
        values = {line["key"]: line["value"] for line in map(json.loads, done.stdout.splitlines())}
        self.assertEqual(values["data_folder"], "/x")
        self.assertIn("TIDINGS_DATA_FOLDER", self.told("settings", "--set", "x=1", environment={"TIDINGS_DATA": "/x"}))

    def test_a_standard_stream_that_takes_nothing_ends_no_command_early(self):
        folder = str(self.home.folder)
        opml = str(self.home.folder / "feeds.opml")
        pathlib.Path(opml).write_text('<opml version="2.0"><body><outline text="no feed" xmlUrl="nope"/>'
                                      '<outline text="A" xmlUrl="https://a.test/feed"/></body></opml>')
        for status, command, why in [
            (2, "bogus 2>&-", "closed"),
            (2, "bogus 2>/dev/full", "full"),
            (2, "bogus 2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}", "no reader"),
            (2, "2>/dev/full", "the list of commands"),
            (2, "version extra 2>/dev/full", "wrong usage"),
            (1, "--help >/dev/full", "full"),
            (1, "--help >&-", "closed"),
            (1, "feeds add --help >/dev/full", "full"),
            (1, "version >/dev/full 2>/dev/full", "both full"),
            (1, "version >&- 2>&-", "both closed"),
            (1, "sanitize - <&-", "nothing to read"),
            (0, f"feeds import {opml} --data {folder} 2>/dev/full", "a problem that cannot be told"),
            (0, f"feeds add https://b.test/feed --data {folder} <&- 2>&-", "two streams that are closed"),
        ]:
            with self.subTest(why, command=command):
                done = subprocess.run(["bash", "-c", f"{BINARY} {command}"], capture_output=True)
                self.assertEqual(done.returncode, status, (done.stdout, done.stderr))
        done = subprocess.run([BINARY, "feeds", "list", "--data", folder], capture_output=True)
        self.assertEqual(len(done.stdout.splitlines()), 2, done)

    def test_a_wrong_name_among_several_changes_none(self):
        ids = [str(self.home.feeds("add", f"https://{name}.test/feed")[0]["id"]) for name in "ab"]
        done = self.home.run("feeds", "disable", ids[0], "999999")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"feeds list", done.stderr)
        self.assertTrue(all(feed["health"] != "disabled" for feed in self.home.feeds("list")))
        self.home.feeds("remove", ids[0], "https://a.test/feed", ids[1])
        self.assertEqual(self.home.feeds("list"), [])

    def test_filters_are_read_as_feeds_add_reads_them(self):
        self.home.feeds("add", "https://a.test/feed", "--country", "de", "--language", "PT-br")
        self.home.feeds("add", "https://b.test/feed")
        for option, value in [("--country", "de"), ("--country", "DE"), ("--language", "PT-br"), ("--language", "pt")]:
            self.assertEqual([feed["url"] for feed in self.home.feeds("list", option, value)],
                             ["https://a.test/feed"], (option, value))

    def test_http_and_https_are_one_feed(self):
        first = self.home.feeds("add", "http://a.test/feed")[0]
        again = self.home.feeds("add", "https://a.test/feed")[0]
        self.assertEqual((again["id"], again["url"], again["is_new"]), (first["id"], "http://a.test/feed", False))
        both = self.home.feeds("add", "https://b.test/feed", "http://b.test/feed")
        self.assertEqual([one["is_new"] for one in both], [True, False])
        self.assertTrue(self.home.feeds("add", "https://a.test:8443/feed")[0]["is_new"], "another server")
        opml = self.home.folder / "two.opml"
        opml.write_text('<opml><body><outline xmlUrl="https://a.test/feed"/><outline xmlUrl="http://b.test/feed"/>'
                        '</body></opml>')
        self.assertEqual(self.home.feeds("import", opml)[0]["added"], 0)
        self.assertEqual(len(self.home.feeds("list")), 3)

    def test_looking_makes_no_installation(self):
        absent = self.home.folder / "typo"
        for words in [["feeds", "list"], ["feeds", "export"], ["feeds", "disable", "1"], ["dead-letters", "list"],
                      ["doctor"]]:
            with self.subTest(words=words):
                done = subprocess.run([BINARY, *words, "--data", absent], capture_output=True)
                self.assertEqual(done.returncode, 1, done)
                self.assertFalse(absent.exists())
        absent.mkdir()
        done = subprocess.run([BINARY, "doctor", "--port", "0", "--data", absent], capture_output=True)
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual(list(absent.iterdir()), [])

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
        self.home.feeds("enable", str(added["id"]))
        self.assertEqual(self.home.feeds("list")[0]["health"], "new")
        self.home.feeds("remove", str(added["id"]))
        self.assertEqual(self.home.feeds("list"), [])
        self.expect(1, "feeds", "remove", str(added["id"]), stores=True)

    def test_feeds_check_and_discover_ask_once_and_store_nothing(self):
        publisher = self.publisher("--generated", 1, "--items", 3)
        self.home.settings.update(publisher.settings())
        self.home.feeds("add", "http://followed.test/")
        checked = json.loads(self.expect(0, "feeds", "check", publisher.feeds()[0], stores=True))
        self.assertEqual(checked["articles"], 3)
        self.expect(1, "feeds", "check", "http://a.test/behavior/status/404", stores=True)
        found = self.expect(0, "feeds", "discover", publisher.feeds()[0], stores=True)
        self.assertIn(publisher.feeds()[0].encode(), found)
        self.assertEqual([feed["url"] for feed in self.home.feeds("list")], ["http://followed.test/"])

    def test_feeds_check_names_the_setting_that_would_let_it_through(self):
        done = self.home.run("feeds", "check", "http://127.0.0.1/")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"fetch.allowed_addresses", done.stderr)

    def test_opml_of_10000_feeds_is_imported_and_exported_again(self):
        outlines = "".join(
            f'<outline text="Folder {folder}"><outline text="Deeper">' +
            "".join(f'<outline type="rss" text="Feed {folder}-{n} &amp; more" xmlUrl="https://f{folder}.example/{n}"/>'
                    for n in range(100)) + "</outline></outline>" for folder in range(100))
        opml = f'<?xml version="1.0"?><opml version="2.0"><head/><body>{outlines}</body></opml>'.encode()
        started = time.monotonic()
        [outcome] = self.home.feeds("import", "-", stdin=opml)
        # Under sanitizers on a busy machine; a release takes less than five seconds.
        self.assertLess(time.monotonic() - started, 180)
        self.assertEqual(outcome, {"feeds": 10_000, "added": 10_000, "known": 0})
        exported = self.expect(0, "feeds", "export", stores=True)

        other = self.installation()
        self.assertEqual(other.feeds("import", "-", stdin=exported)[0]["added"], 10_000)
        folders = {tuple(feed["folder"]) for feed in other.feeds("list")}
        self.assertEqual(len(folders), 100)
        self.assertIn(("Folder 42", "Deeper"), folders)

    def test_ratings_are_taken_whole_beside_a_running_server(self):
        if DATABASE == "sqlite":  # the other one makes its tables first, and says so
            self.expect(1, "ratings", "list", stores=True)  # no installation
        server = self.home.serve()
        self.expect(1, "ratings", "list", stores=True)
        self.expect(2, "ratings", "import", stores=True)
        told = self.expect(0, "ratings", "import", "-", stores=True,
                           stdin=b"publisher;rating\nhttps://www.A.test/x;left\nb.test;right\n")
        self.assertEqual(told, b"2 publishers are rated by rating\n")
        table = b"publisher,rating\r\na.test,left\r\nb.test,right\r\n"
        self.assertEqual(self.expect(0, "ratings", "list", stores=True), table)
        bad = self.home.run("ratings", "import", "-", stdin=b"publisher,rating\na.test,2\n")
        self.assertEqual((bad.returncode, b"line 2" in bad.stderr), (1, True), bad.stderr)
        self.assertEqual(server.get("/api/v1/ratings").body, table)
        balance = server.get("/api/v1/analytics/balance?q=nothing").json()
        self.assertEqual([side["rating"] for side in balance["ratings"]], ["left", "right"])
        self.expect(0, "ratings", "remove", stores=True)
        self.assertEqual(server.get("/api/v1/ratings").status, 404)
        self.expect(1, "ratings", "remove", stores=True)
        self.assertEqual(server.terminate(), 0)

    def test_doctor_finds_what_is_wrong(self):
        self.home.feeds("add", "https://a.test/feed")
        findings = [json.loads(line) for line in self.expect(0, "doctor", "--port", "0", stores=True).splitlines()]
        self.assertTrue(all(finding["ok"] for finding in findings), findings)
        self.assertLessEqual({"database", "object store", "address"}, {finding["check"] for finding in findings})
        done = self.home.run("doctor", "--data", "/proc/nowhere", stores=False)
        self.assertEqual(done.returncode, 1)
        bad = [json.loads(line) for line in done.stdout.splitlines() if not json.loads(line)["ok"]]
        self.assertTrue(bad and all(finding["remedy"] for finding in bad), done.stdout)

    def failing(self, *words):
        done = self.home.run("doctor", *words)
        bad = [line["check"] for line in map(json.loads, done.stdout.splitlines()) if not line["ok"]]
        self.assertEqual(done.returncode, 1 if bad else 0, done)
        return bad

    def test_doctor_refuses_what_serve_would(self):
        self.home.feeds("add", "https://a.test/feed")
        for setting in ("serve.address=0.0.0.0", "fetch.allowed_addresses=bogus", "fetch.host_overrides=bogus"):
            self.assertEqual(self.failing("--set", setting), ["settings"], setting)
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            self.assertEqual(self.failing("--port", port), ["address"], "somebody else has the port")
            self.assertEqual(self.failing("--port", port, "--roles", "fetch"), [], "no port is needed")
        server = self.home.serve()
        self.assertEqual(self.failing("--port", server.url.rpartition(":")[2]), [], "this server has the port")
        objects = self.home.folder / "objects"
        server.terminate()
        if objects.exists():
            objects.rename(self.home.folder / "objects.kept")
        objects.write_text("in the way")
        self.assertEqual(self.failing("--port", "0"), ["object store"])

    def test_serve_opens_no_port_with_settings_that_it_cannot_read(self):
        done = self.home.run("serve", "--port", "0", "--set", "fetch.host_overrides=.test=nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertNotIn(b"server.started", done.stderr)


if __name__ == "__main__":
    unittest.main()
