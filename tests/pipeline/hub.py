"""A publisher and its hub (WebSub) on loopback, played as a test says."""

import hashlib
import hmac
import http.server
import threading
import urllib.parse

from running import ask

ITEM = """<item><title>{title}</title><guid isPermaLink="false">{title}</guid>
<link>http://{host}/{title}</link><description>{text}</description></item>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Pushed</title><link>http://{host}/</link>
<description>d</description>{items}</channel></rss>"""


class Hub:
    """Serves http://feed.test/feed with its items, whose hub is http://hub.test/hub. Asks and polls are kept."""

    def __init__(self):
        self.items, self.polls, self.asks, self.verified = [], [], [], []
        self.lease_seconds, self.status, self.answers_asks = 86_400, 202, True
        self.server = None  # the Tidings that it calls back
        self.subscription = None  # the last one that was asked for
        self.needs_key = None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                outer.polls.append({name.lower(): value for name, value in self.headers.items()})
                if outer.needs_key and self.headers.get("X-Api-Key") != outer.needs_key:
                    return self.answer(401, b"")
                self.answer(200, outer.feed(), {
                    "Content-Type": "application/rss+xml",
                    "Link": '<http://hub.test/hub>; rel="hub", <http://feed.test/feed>; rel="self"'})

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                asked = dict(urllib.parse.parse_qsl(body))
                outer.asks.append(asked)
                self.answer(outer.status, b"")
                if outer.status // 100 == 2 and outer.answers_asks:
                    threading.Thread(target=outer.verify, args=(asked,), daemon=True).start()

            def answer(self, status, body, headers=None):
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def settings(self):
        return {"fetch.host_overrides": f".test=127.0.0.1:{self.port}", "fetch.allowed_addresses": "127.0.0.1",
                "fetch.domain_gap_ms": "0", "sources.starter_catalog": "false",
                "serve.public_url": "http://news.test", "websub.scan_interval_seconds": "1", "schedule.fixed_interval_seconds_min": "1",
                "websub.secret_over_http": "true"}

    def feed(self, titles=None, text="text"):
        items = "".join(ITEM.format(title=title, host="feed.test", text=text)
                        for title in (self.items if titles is None else titles))
        return FEED.format(host="feed.test", items=items).encode()

    def call(self, callback, query=None, method="GET", body=None, headers=None):
        """Calls the server as the world would, at the address that it gave."""
        path = urllib.parse.urlsplit(callback).path
        if query is not None:
            path += "?" + urllib.parse.urlencode(query)
        return ask(self.server.url + path, method=method, headers={"Host": "news.test", **(headers or {})}, body=body)

    def verify(self, asked):
        query = {"hub.mode": asked["hub.mode"], "hub.topic": asked["hub.topic"], "hub.challenge": "chal+lenge/=",
                 "hub.lease_seconds": self.lease_seconds}
        answer = self.call(asked["hub.callback"], query)
        if answer.status == 200 and answer.body == b"chal+lenge/=":
            self.subscription = asked if asked["hub.mode"] == "subscribe" else None
            self.verified.append(asked)

    def push(self, body, digest="sha256", secret=None, signature=None):
        subscription = self.subscription
        headers = {"Content-Type": "application/rss+xml"}
        key = (secret or subscription["hub.secret"]).encode()
        if signature != "":
            made = f"{digest}=" + hmac.new(key, body, getattr(hashlib, digest)).hexdigest()
            headers["X-Hub-Signature"] = signature or made
        return self.call(subscription["hub.callback"], method="POST", body=body, headers=headers)

    def stop(self):
        self.http.shutdown()
        self.http.server_close()
