"""Full text of pages, documents of a folder, letters of a mailbox: the real program, seen from outside."""

import http.server
import pathlib
import shutil
import threading
import unittest

from case import EndToEnd
from running import wait_until

DOCUMENTS = pathlib.Path(__file__).resolve().parents[2] / "tests/corpus/documents"
TEXT = ("The council has decided that the harbour will be made deeper, said the mayor on day {}, after a debate that "
        "had gone on for the whole of the evening, and for a good part of the night.")


class Site:
    """A publisher whose feed gives beginnings only, and whose pages have the rest."""

    def __init__(self):
        self.asked = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.asked.append(self.path)
                status, kind, body = site.answer(self.path)
                data = body.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path):
        if path == "/feed":
            items = "".join(f"<item><title>Story {one}</title><link>http://news.test{link}</link>"
                            f"<description>It begins …</description></item>"
                            for one, link in enumerate(["/1", "/private/2", "/3"], 1))
            return 200, "application/rss+xml", f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nDisallow: /private/\n"
        if path in ("/1", "/private/2"):
            story = "".join(f"<p>{TEXT.format(day)}</p>" for day in range(6))
            return 200, "text/html", (f"<html lang=en><head><title>Story</title></head><body><nav><a href=/>Home</a></nav>"
                                      f"<article><h1>Story</h1>{story}<script>x()</script></article></body></html>")
        return 404, "text/html", "<p>not here"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def by_title(server):
    listed = server.articles()
    return {one["title"]: server.get(f"/api/v1/articles/{one['id']}").json() for one in listed}


class Pages(EndToEnd):
    def setUp(self):
        super().setUp()
        self.site = Site()
        self.addCleanup(self.site.stop)
        self.home.settings.update({"fetch.host_overrides": f".test=127.0.0.1:{self.site.port}",
                                   "fetch.allowed_addresses": "127.0.0.1", "fetch.domain_gap_ms": "0"})

    def test_articles_get_the_text_of_their_pages(self):
        self.home.feeds("add", "http://news.test/feed", "--full-text", "automatic")
        server = self.home.serve()
        wait_until("the pages are through", lambda: server.metric('pages_total{outcome="completed"}') == 1
                   and server.metric('pages_total{outcome="given_up"}') == 2)
        articles = by_title(server)
        whole = articles["Story 1"]
        self.assertIn("said the mayor on day 5", whole["content_html"])
        self.assertNotIn("script", whole["content_html"])
        self.assertNotIn("Home", whole["content_html"])
        self.assertEqual(whole["language"], "en")
        self.assertEqual(whole["revision"], 1)
        for title in ("Story 2", "Story 3"):  # forbidden by robots.txt, and not there
            self.assertEqual(articles[title]["content_html"], "It begins …")
        self.assertEqual(self.site.asked.count("/robots.txt"), 1)
        self.assertNotIn("/private/2", self.site.asked)

    def test_full_text_is_off_until_it_is_asked_for(self):
        self.home.feeds("add", "http://news.test/feed")
        server = self.home.serve()
        wait_until("the feed is stored", lambda: len(server.articles()) == 3)
        self.assertEqual(self.site.asked, ["/feed"])

    def test_a_rule_says_where_the_article_is(self):
        self.home.feeds("add", "http://news.test/feed", "--full-text", "on", "--extract", "content=article p:nth-child(3)")
        source = self.home.feeds("list")[0]
        self.assertEqual(source["extract_rules"], [{"field": "content", "selector": "article p:nth-child(3)"}])
        server = self.home.serve()
        wait_until("the page is read", lambda: server.metric('pages_total{outcome="completed"}') == 1)
        self.assertIn("day 1", by_title(server)["Story 1"]["content_html"])
        self.assertNotIn("day 2", by_title(server)["Story 1"]["content_html"])


class Local(EndToEnd):
    def folder(self, name):
        folder = self.home.folder / name
        folder.mkdir()
        return folder

    def test_documents_put_into_a_folder_are_articles(self):
        folder = self.folder("reports")
        self.home.feeds("add", f"folder:{folder}", "--title", "Reports")
        server = self.home.serve()
        for name in ("report.docx", "printed.pdf", "note.txt", "article.json", "newsletter.eml", "page.html", "damaged.pdf"):
            shutil.copy(DOCUMENTS / name, folder / name)
        wait_until("six documents are articles", lambda: len(server.articles()) == 6, 60)
        articles = by_title(server)
        self.assertIn("<h1>Die Gründe</h1>", articles["Hafenausbau beginnt"]["content_html"])
        self.assertNotIn("script", articles["Neues vom Hafen: größer"]["content_html"])
        self.assertEqual(server.sources()[0]["health"], "ok")
        self.assertEqual(server.sources()[0]["kind"], "folder")
        self.assertTrue(any(line.get("event") == "document.rejected" for line in server.log))
        kept = {path.suffixes[-2] for path in (self.home.folder / "objects/processed").rglob("*.zst")}
        self.assertEqual(kept, {".json"})

    def test_letters_of_a_mailbox_are_articles(self):
        maildir = self.folder("mail")
        for part in ("new", "cur", "tmp"):
            (maildir / part).mkdir()
        shutil.copy(DOCUMENTS / "newsletter.eml", maildir / "new/1")
        self.home.feeds("add", f"maildir:{maildir}")
        server = self.home.serve()
        wait_until("the letter is an article", lambda: len(server.articles()) == 1, 60)
        self.assertEqual(server.articles()[0]["url"], "https://harbour.example/letters/1")

    def test_a_folder_that_is_not_there_is_said_so(self):
        self.home.feeds("add", f"folder:{self.home.folder}/nowhere")
        server = self.home.serve()
        wait_until("the source fails", lambda: server.sources()[0]["health"] == "failing")
        self.assertIn("nowhere", server.sources()[0]["problem"]["message"])

    def test_a_path_must_be_whole(self):
        done = self.home.run("feeds", "add", "folder:reports")
        self.assertEqual(done.returncode, 2)
        self.assertIn("folder:/srv/news", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
