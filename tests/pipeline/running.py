"""Starts, asks and stops the programs that end-to-end tests and benchmarks look at from outside."""

import contextlib
import csv
import io
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

PATIENCE_S = 60  # for anything that should take a moment; sanitizers and busy machines are slow


class Failed(AssertionError):
    """Something did not become so in time, or ended when it should not have."""


def wait_until(what, condition, patience_s=PATIENCE_S, pause_s=0.02):
    """Asks until `condition()` is true and returns what it gave; a refused connection is not yet."""
    deadline = time.monotonic() + patience_s
    seen = None
    while time.monotonic() < deadline:
        try:
            seen = condition()
            if seen:
                return seen
        except (OSError, Failed) as error:
            seen = error
        threading.Event().wait(pause_s)
    raise Failed(f"{what}: not within {patience_s} s; last seen: {seen!r}")


class Answer:
    """What an HTTP server answered, errors included."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirects)


def ask(url, method="GET", headers=None, timeout_s=PATIENCE_S, body=None):
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with OPENER.open(request, timeout=timeout_s) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


class Publisher:
    """tests/support/publisher as a process of its own."""

    def __init__(self, binary, *arguments):
        self.process = subprocess.Popen([binary, "--port", "0", *map(str, arguments)],
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f"the publisher did not start: exit status {self.process.wait()}")
        self.port = json.loads(line)["port"]
        self.url = f"http://127.0.0.1:{self.port}"

    def settings(self):
        """What a Tidings needs to reach every domain of this publisher."""
        return {"fetch.host_overrides": f".test=127.0.0.1:{self.port}",
                "fetch.allowed_addresses": "127.0.0.1",
                "sources.starter_catalog": "false"}

    def feeds(self):
        return [feed["url"] for feed in ask(self.url + "/feeds").json()["feeds"]]

    def opml(self):
        return ask(self.url + "/opml").body

    def requests(self, host):
        return ask(f"{self.url}/requests?host={host}").json()["requests"]

    def document(self, url):
        parts = urllib.parse.urlsplit(url)
        return ask(self.url + parts.path, headers={"Host": parts.netloc})

    def advance(self, seconds):
        ask(f"{self.url}/clock?advance_seconds={seconds}", method="POST")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Sqlite:
    """The embedded database of a data folder, read beside the program."""

    name = "sqlite"

    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "tidings.db"

    def options(self):
        return []

    def rows(self, query):
        # A reader that is not read-only may recover the log that a killed process left.
        with contextlib.closing(sqlite3.connect(self.path, timeout=PATIENCE_S)) as connection:
            return connection.execute(query).fetchall()

    def check_whole(self):
        answer = self.rows("PRAGMA integrity_check")
        if answer != [("ok",)]:
            raise Failed(f"the database is damaged: {answer[:5]}")

    def remove(self):
        pass


class Postgres:
    """A database of its own on the server that TIDINGS_TEST_POSTGRES names."""

    name = "postgres"

    def __init__(self, server_url):
        self.server_url = server_url
        self.database = f"tidings_{os.getpid()}_{time.monotonic_ns()}"
        self._psql(server_url, f'CREATE DATABASE "{self.database}"')
        parts = urllib.parse.urlsplit(server_url)
        self.url = urllib.parse.urlunsplit(parts._replace(path="/" + self.database))

    def _psql(self, url, query):
        done = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--csv", "-t", "-d", url,
                               "-c", query], capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"psql: {done.stderr.strip()}")
        return done.stdout

    def options(self):
        return ["--database", self.url]

    def rows(self, query):
        def value(text):
            return int(text) if text.lstrip("-").isdigit() else text
        answer = csv.reader(io.StringIO(self._psql(self.url, query)))
        return [tuple(value(text) for text in row) for row in answer]

    def check_whole(self):
        """Waits until what a killed program had begun is over, one way or the other."""
        others = ("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                  "AND pid <> pg_backend_pid() AND backend_type = 'client backend'")
        wait_until("the killed program's connections are gone", lambda: self.rows(others) == [(0,)])

    def remove(self):
        self._psql(self.server_url, f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')


class Server:
    """`tidings serve` on a free port. Its log lines are kept."""

    def __init__(self, binary, folder, options, settings, within=()):
        command = [*within, str(binary), "serve", "--data", str(folder), "--port", "0", *options]
        for key, value in settings.items():
            command += ["--set", f"{key}={value}"]
        self.spawned_at = time.monotonic()
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                        text=True)
        self.log, self._news = [], threading.Condition()
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()
        self.url = self.wait_for_event("server.started")["url"]

    def _read_log(self):
        for line in self.process.stderr:
            try:
                entry = json.loads(line)
            except ValueError:
                entry = {"event": "text", "text": line.rstrip()}
            with self._news:
                self.log.append(entry)
                self._news.notify_all()
        with self._news:
            self.log.append({"event": "log.ended"})
            self._news.notify_all()

    def events(self, name):
        with self._news:
            return [entry for entry in self.log if entry["event"] == name]

    def wait_for_event(self, *names, patience_s=PATIENCE_S):
        """The first log entry of one of these names."""
        deadline = time.monotonic() + patience_s
        with self._news:
            while True:
                for entry in self.log:
                    if entry["event"] in names:
                        return entry
                if self.log and self.log[-1]["event"] == "log.ended":
                    raise Failed(f"the server ended before {names}: {self.log[-10:]}")
                if not self._news.wait(max(0, deadline - time.monotonic())):
                    raise Failed(f"no {names} within {patience_s} s: {self.log[-10:]}")

    def get(self, path, headers=None, timeout_s=PATIENCE_S):
        return ask(self.url + path, headers=headers, timeout_s=timeout_s)

    def metrics(self):
        values = {}
        for line in self.get("/metrics").body.decode().splitlines():
            if line and not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                values[name] = float(value)
        return values

    def metric(self, name):
        return self.metrics().get("tidings_" + name, 0.0)

    def articles(self, query=""):
        """All pages of the list, newest first."""
        found, path = [], "/api/v1/articles?limit=500" + query
        while path:
            page = self.get(path).json()
            found += page["articles"]
            cursor = page.get("next_cursor")
            path = cursor and f"/api/v1/articles?limit=500{query}&cursor={urllib.parse.quote(cursor)}"
        return found

    def sources(self):
        found, path = [], "/api/v1/sources?limit=500"
        while path:
            page = self.get(path).json()
            found += page["sources"]
            cursor = page.get("next_cursor")
            path = cursor and f"/api/v1/sources?limit=500&cursor={urllib.parse.quote(cursor)}"
        return found

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self):
        """Resident, proportional and anonymous memory, and the most that was ever resident, as the kernel tells them."""
        rollup = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        sizes = dict(line.split()[:2] for line in rollup.splitlines()[1:])
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        sizes["Peak:"] = status.split("VmHWM:")[1].split()[0]
        return {name: int(sizes[key + ":"]) * 1024 / 1e6 for name, key in (
            ("resident", "Rss"), ("proportional", "Pss"), ("anonymous", "Anonymous"), ("peak", "Peak"))}

    def terminate(self, patience_s=PATIENCE_S):
        """SIGTERM; returns the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended(patience_s)

    def kill(self):
        self.process.kill()
        return self.ended()

    def ended(self, patience_s=PATIENCE_S):
        status = self.process.wait(patience_s)
        self._reader.join()
        self.process.stderr.close()
        return status


class Installation:
    """A data folder with its database, and the commands that work on them."""

    def __init__(self, binary, kind="sqlite", postgres_url=None, folder=None):
        self.binary = binary
        self.own_folder = folder is None
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="tidings-test-"))
        self.settings = {"sources.starter_catalog": "false"}
        self.servers = []
        self.database = Sqlite(self.folder) if kind == "sqlite" else Postgres(postgres_url)

    def serve(self, within=(), options=(), **settings):
        """Starts a server; `settings` come on top of the installation's own."""
        given = {**self.settings, **settings}
        server = Server(self.binary, self.folder, [*self.database.options(), *options], given, within)
        self.servers.append(server)
        return server

    def command(self, *words, stores=True):
        command = [str(self.binary), *map(str, words)]
        if stores:
            command += ["--data", str(self.folder), *self.database.options()]
            for key, value in self.settings.items():
                command += ["--set", f"{key}={value}"]
        return command

    def run(self, *words, stdin=None, stores=True):
        """Runs a command to its end; `stores` adds where the data are."""
        return subprocess.run(self.command(*words, stores=stores), input=stdin, capture_output=True,
                              timeout=PATIENCE_S * 2)

    def feeds(self, *words, stdin=None):
        """`tidings feeds …` that must succeed; its JSON lines."""
        done = self.run("feeds", *words, stdin=stdin)
        if done.returncode != 0:
            raise Failed(f"feeds {words[0]}: {done.stderr.decode()}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]

    def follow(self, publisher):
        self.settings.update(publisher.settings())
        return self.feeds("import", "-", stdin=publisher.opml())[0]

    def remove(self):
        for server in self.servers:
            if server.process.poll() is None:
                server.kill()
        self.database.remove()
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)


class EventStream:
    """A reader of Server-Sent Events, on a thread of its own."""

    def __init__(self, url, last_event_id=None):
        parts = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE_S)
        resume = f"Last-Event-ID: {last_event_id}\r\n" if last_event_id is not None else ""
        target = parts.path + ("?" + parts.query if parts.query else "")
        self.socket.sendall(f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                            f"Accept: text/event-stream\r\n{resume}\r\n".encode())
        self.socket.settimeout(None)
        self.events, self.head, self._news = [], "", threading.Condition()
        self._ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with contextlib.suppress(OSError), self.socket.makefile("r", encoding="utf-8") as lines:
            event = {}
            for line in lines:
                line = line.rstrip("\r\n")
                if not line and event:
                    with self._news:
                        self.events.append(event)
                        self._news.notify_all()
                    event = {}
                elif line and not line.startswith(":"):
                    name, _, value = line.partition(":")
                    event[name] = value.removeprefix(" ")
        with self._news:
            self._ended = True
            self._news.notify_all()

    def wait_for(self, condition, patience_s=PATIENCE_S):
        deadline = time.monotonic() + patience_s
        with self._news:
            while True:
                for event in self.events:
                    if condition(event):
                        return event
                if self._ended or not self._news.wait(max(0, deadline - time.monotonic())):
                    raise Failed(f"no such event in the stream; last: {self.events[-3:]}")

    def close(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
