"""News APIs as sources, and discovery: the real program against a service that answers in recorded shapes."""

import http.server
import json
import pathlib
import threading
import unittest
import urllib.parse

from case import EndToEnd
from running import wait_until

TREE = pathlib.Path(__file__).resolve().parents[2]
KEY = "a-key-of-the-tests-0123456789"


class Service:
    """The Guardian's API on loopback: pages in the shape that it documents, its keys and its refusals."""

    def __init__(self, articles):
        page = json.loads((TREE / "tests/corpus/connectors/guardian/page_1.json").read_text())
        self.shape = page["response"]["results"][0]
        self.articles, self.asked, self.refuse_after = articles, [], None
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, headers, body = service.answer(urllib.parse.urlsplit(self.path))
                data = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, url):
        query = dict(urllib.parse.parse_qsl(url.query))
        self.asked.append(query)
        if query.get("api-key") != KEY:
            return 401, {}, {"message": f"No such key: {query.get('api-key')}"}
        if self.refuse_after is not None and len(self.asked) > self.refuse_after:
            return 429, {"Retry-After": "3600"}, {"message": "API rate limit exceeded"}
        number, size = int(query["page"]), 50
        ids = list(range(self.articles, 0, -1))[(number - 1) * size:number * size]
        results = [{**self.shape, "id": f"world/{one}", "webTitle": f"Story {one}",
                    "webUrl": f"https://www.theguardian.com/world/{one}"} for one in ids]
        return 200, {}, {"response": {"status": "ok", "currentPage": number,
                                      "pages": -(-self.articles // size), "results": results}}

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Apis(EndToEnd):
    def setUp(self):
        super().setUp()
        self.service = Service(articles=120)
        self.addCleanup(self.service.stop)
        self.home.settings.update({"fetch.host_overrides": f".test=127.0.0.1:{self.service.port}",
                                   "fetch.allowed_addresses": "127.0.0.1", "fetch.domain_gap_ms": "0"})
        # The connector that comes with the program, at the address of this service.
        shown = self.home.run("connectors", "show", "guardian").stdout.decode()
        own = shown.replace("https://content.guardianapis.com", "http://guardian.test").replace(
            "[key]", "[key]\nplain_http = true").replace("per_second = 1\n", "per_second = 1000\n")
        (self.home.folder / "connectors").mkdir()
        (self.home.folder / "connectors/guardian.toml").write_text(own)

    def set_key(self, key):
        done = self.home.run("secrets", "set", "guardian", stdin=key.encode())
        self.assertEqual(done.returncode, 0, done.stderr)

    def source(self, server):
        return server.sources()[0]

    def logs_of(self, server):
        return json.dumps(server.log)

    def test_pages_are_stored_as_articles(self):
        added = self.home.feeds("add", "api:guardian?section=world&q=tidal+power")[0]
        self.assertEqual(added["url"], "api:guardian?q=tidal%20power&section=world")
        self.set_key(KEY)
        server = self.home.serve()
        wait_until("all three pages are stored", lambda: server.get("/api/v1/stats").json().get("articles") == 120)
        self.assertEqual([query["page"] for query in self.service.asked], ["1", "2", "3"])
        source = self.source(server)
        self.assertEqual((source["kind"], source["health"]), ("api", "ok"))
        self.assertEqual(source["title"], "The Guardian: tidal power, world")
        article = server.get(f"/api/v1/articles/{server.articles()[0]['id']}").json()
        self.assertEqual((article["language"], article["country"]), ("en", "GB"))
        self.assertIn("The turbines will stand", article["content_html"])
        self.assertEqual(article["authors"][0]["name"], "Mara Lindqvist")
        self.assertNotIn(KEY, self.logs_of(server) + json.dumps(source))

        self.service.articles, before = 130, len(self.service.asked)
        self.home.feeds("enable", str(added["id"]))
        wait_until("the new ones are stored", lambda: server.get("/api/v1/stats").json().get("articles") == 130)
        self.assertEqual(len(self.service.asked), before + 1, "what is known ends the paging")

    def test_a_wrong_key_is_told_in_the_service_s_words(self):
        self.home.feeds("add", "api:guardian?q=climate")
        self.set_key("not-the-key-of-anybody-00")
        server = self.home.serve()
        problem = wait_until("the problem is told", lambda: self.source(server).get("problem"))
        self.assertEqual(problem["error_class"], "http_401")
        self.assertIn("it says: No such key: ***", problem["message"])
        self.assertIn("tidings secrets set guardian", problem["message"])
        self.assertNotIn("not-the-key", self.logs_of(server) + json.dumps(problem))

    def test_without_a_key_nobody_is_asked(self):
        self.home.feeds("add", "api:guardian?q=climate")
        server = self.home.serve()
        problem = wait_until("the problem is told", lambda: self.source(server).get("problem"))
        self.assertIn("guardian", problem["message"])
        self.assertEqual(self.service.asked, [])

    def test_a_rate_limit_keeps_what_was_read(self):
        self.home.feeds("add", "api:guardian?q=climate")
        self.set_key(KEY)
        self.service.refuse_after = 1
        server = self.home.serve()
        problem = wait_until("the problem is told", lambda: self.source(server).get("problem"))
        self.assertIn("it says: API rate limit exceeded", problem["message"])
        wait_until("the first page is stored", lambda: server.get("/api/v1/stats").json().get("articles") == 50)
        self.assertEqual(len(self.service.asked), 2)

    def test_addresses_are_held_against_their_connector(self):
        for address, expected in [("api:guardian?colour=red", "no parameter 'colour'"),
                                  ("api:nosuch?q=x", "there is no connector 'nosuch'"),
                                  ("api:gdelt", "needs the parameter 'query'")]:
            with self.subTest(address):
                done = self.home.run("feeds", "add", address)
                self.assertEqual(done.returncode, 2)
                self.assertIn(expected, done.stderr.decode())

    def test_a_check_reads_one_page_and_stores_nothing(self):
        self.home.feeds("add", "http://other.test/feed")
        self.set_key(KEY)
        found = self.home.feeds("check", "api:guardian?q=climate")[0]
        self.assertEqual((found["articles"], found["has_more_pages"]), (50, True))
        self.assertEqual(len(self.service.asked), 1)

    def test_addresses_of_apis_go_through_opml(self):
        self.home.feeds("add", "api:guardian?q=climate", "--title", "Climate")
        opml = self.home.run("feeds", "export").stdout
        other = self.installation()
        self.assertEqual(json.loads(other.run("feeds", "import", "-", stdin=opml).stdout)["added"], 1)
        self.assertEqual(other.feeds("list")[0]["url"], "api:guardian?q=climate")

    def test_connectors_are_listed_shown_and_checked(self):
        lines = [json.loads(line) for line in self.home.run("connectors", "list").stdout.splitlines()]
        listed = {line["name"]: line for line in lines}
        self.assertGreaterEqual(len(listed), 9)
        self.assertIn("file", listed["guardian"], "one's own stands in front of that of the program")
        self.assertEqual(listed["gnews"]["parameters"][-1]["name"], "q")
        sample = TREE / "tests/corpus/connectors/gdelt/page_1.json"
        file = TREE / "data/connectors/gdelt.toml"
        done = self.home.run("connectors", "check", file, "--sample", sample, "--address", "api:gdelt?query=x", stores=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        declared, document = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertIn("query=x", declared["request"])
        self.assertEqual(len(document["entries"]), 2)
        broken = self.home.folder / "connectors/broken.toml"
        broken.write_text('name = "broken"\nlist = "a..b"\n')
        done = self.home.run("connectors", "check", broken, stores=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"{broken}:2: list: 'a..b'", done.stderr.decode())
        lines = [json.loads(line) for line in self.home.run("connectors", "list").stdout.splitlines()]
        self.assertIn("list: 'a..b'", {line["name"]: line for line in lines}["broken"]["problem"])


class Discovery(EndToEnd):
    """A site's address, and the publisher that has its feeds."""

    def setUp(self):
        super().setUp()
        self.feeds = self.publisher("--generated", 1)
        self.home.settings.update(self.feeds.settings())
        self.home.settings["fetch.domain_gap_ms"] = "0"

    def test_a_feed_is_found_under_a_well_known_path(self):
        found = self.home.feeds("discover", "http://generated-0.test/")
        self.assertEqual([feed["url"] for feed in found], ["http://generated-0.test/feed"])
        self.assertEqual(found[0]["found_by"], "well_known")
        self.assertGreater(found[0]["entries"], 0)

    def test_what_is_found_can_be_followed(self):
        added = self.home.feeds("add", "--discover", "http://generated-0.test/")[0]
        self.assertEqual(added["url"], "http://generated-0.test/feed")

    def test_nothing_found_says_what_was_tried(self):
        done = self.home.run("feeds", "discover", "http://nothing.test/")
        self.assertEqual(done.returncode, 1)
        self.assertIn("http://nothing.test/ answered 404", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
