"""What happens when something around the program fails: it says so, reads go on, and work resumes by itself."""

import contextlib
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

from case import BINARY, DATABASE, EndToEnd
from own_postgres import OwnPostgres
from running import Server, wait_until

FEEDS, ITEMS = 20, 5
PERIOD_S = 100 * 86_400  # long enough that no feed publishes unasked while a test runs
EVERY_SECOND = {"schedule.interval_seconds_min": 1, "schedule.interval_seconds_max": 1}


class Faults(EndToEnd):
    def follow(self, **settings):
        self.feeds = self.publisher("--generated", FEEDS, "--items", ITEMS, "--item-bytes", 3000,
                                    "--publish-every", PERIOD_S)
        self.home.settings.update(EVERY_SECOND)
        self.home.follow(self.feeds)

    def wait_for_articles(self, server, count):
        wait_until(f"{count} articles are stored",
                   lambda: server.get("/api/v1/stats").json().get("articles") == count)

    def publish(self):
        self.feeds.advance(PERIOD_S)

    def check_each_once(self, server, count):
        articles = server.articles()
        self.assertEqual(len(articles), count)
        self.assertEqual(len({article["url"] for article in articles}), count)

    def test_an_unknown_setting_stops_the_start_and_is_named(self):
        file = self.home.folder / "tidings.toml"
        file.write_text("[fetch]\nconnect_timeout_ms = 1000\ntotal_timeot_ms = 1000\n")
        done = self.home.run("serve", "--config", file)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"fetch.total_timeot_ms", done.stderr)
        self.assertIn(b"fetch.total_timeout_ms", done.stderr, "the nearest known one is suggested")
        self.assertIn(b"tidings.toml:3", done.stderr)

        done = subprocess.run([BINARY, "serve", "--data", self.home.folder], capture_output=True,
                              env=dict(os.environ, TIDINGS_FETCH_TIMEOUT="1"))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"TIDINGS_FETCH_TIMEOUT", done.stderr)

    def test_an_address_that_others_reach_is_refused(self):
        done = self.home.run("serve", "--port", "0", "--set", "serve.address=0.0.0.0")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"listen on 127.0.0.1", done.stderr)

    def test_a_second_server_on_the_same_data_refuses_to_start(self):
        server = self.home.serve()
        done = self.home.run("serve", "--port", "0")
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"process {server.process.pid}".encode(), done.stderr)
        self.assertEqual(server.get("/health").status, 200)

    @unittest.skipUnless(DATABASE == "sqlite", "PostgreSQL has no lock of the whole database")
    def test_a_locked_database_delays_writes_and_nothing_else(self):
        self.follow()
        server = self.home.serve()
        self.wait_for_articles(server, FEEDS * ITEMS)
        with contextlib.closing(sqlite3.connect(self.home.database.path, isolation_level=None)) as other:
            wait_until("the lock is ours", lambda: other.execute("BEGIN IMMEDIATE") and True)
            self.publish()
            server.wait_for_event("commit.delayed", "refresher.waited")
            self.assertEqual(len(server.articles()), FEEDS * ITEMS)
            other.execute("ROLLBACK")
        self.wait_for_articles(server, FEEDS * (ITEMS + 1))
        self.check_each_once(server, FEEDS * (ITEMS + 1))

    def test_a_full_disk_delays_writes_until_there_is_room(self):
        self.follow()
        mounted = tempfile.TemporaryDirectory(prefix="tidings-disk-")
        self.addCleanup(mounted.cleanup)
        # The disk is a small one in memory that only the server sees, and that goes with it.
        within = ["unshare", "--mount", *(["--map-root-user"] if os.getuid() != 0 else []), "sh", "-c",
                  'mount -t tmpfs -o size=48m tmpfs "$0" && cp -a "$1/." "$0/" && shift && exec "$@"',
                  mounted.name, str(self.home.folder)]
        settings = dict(self.home.settings, **{"retention.disk_free_bytes_min": 2_000_000})
        server = Server(BINARY, mounted.name, self.home.database.options(), settings, within)
        self.home.servers.append(server)
        self.wait_for_articles(server, FEEDS * ITEMS)
        self.assertEqual(server.get("/health/deep").status, 200)

        filler = pathlib.Path(f"/proc/{server.process.pid}/root{mounted.name}/filler")
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(65_536))
        self.publish()
        server.wait_for_event("commit.delayed", "refresher.waited")
        self.assertEqual(len(server.articles()), FEEDS * ITEMS)
        health = server.get("/health/deep")
        self.assertEqual(health.status, 503)
        failing = [check for check in health.json()["checks"] if check["status"] != "ok"]
        self.assertTrue(failing and all(check["remedy"] for check in failing), health.body)
        self.assertEqual(server.get("/health").status, 200)

        filler.unlink()
        self.wait_for_articles(server, FEEDS * (ITEMS + 1))
        self.check_each_once(server, FEEDS * (ITEMS + 1))
        wait_until("health is good again", lambda: server.get("/health/deep").status == 200)
        self.assertEqual(server.terminate(), 0)

    def serve_on_own_postgres(self):
        """A server with every article, on a PostgreSQL that the test may do anything to."""
        postgres = OwnPostgres()
        self.addCleanup(postgres.remove)
        self.home.database.remove()
        self.home.database = postgres.database()
        self.follow()
        server = self.home.serve()
        self.wait_for_articles(server, FEEDS * ITEMS)
        return postgres, server

    @unittest.skipUnless(DATABASE == "postgres", "SQLite has no server")
    def test_a_restarted_postgresql_is_found_again(self):
        postgres, server = self.serve_on_own_postgres()
        for round in (1, 2, 3):
            self.publish()
            postgres.stop()
            refused = wait_until("reads that need it are refused", lambda: (
                answer := server.get("/api/v1/stats")).status == 503 and answer)
            self.assertIn("Retry-After", refused.headers)
            self.assertEqual(server.get("/health").status, 200)
            self.assertEqual(server.get("/health/deep").status, 503)
            postgres.start()
            self.wait_for_articles(server, FEEDS * (ITEMS + round))
        self.check_each_once(server, FEEDS * (ITEMS + 3))
        self.assertEqual(server.terminate(), 0)

    @unittest.skipUnless(DATABASE == "postgres", "SQLite has no server")
    def test_a_silent_postgresql_holds_nobody(self):
        postgres, server = self.serve_on_own_postgres()
        postgres.freeze()
        self.addCleanup(postgres.thaw)
        refused = server.get("/api/v1/stats", timeout_s=40)
        self.assertEqual(refused.status, 503)
        self.assertIn("Retry-After", refused.headers)
        self.assertEqual(server.get("/health", timeout_s=5).status, 200)
        self.assertEqual(server.get("/metrics", timeout_s=5).status, 200)
        postgres.thaw()
        self.publish()
        self.wait_for_articles(server, FEEDS * (ITEMS + 1))
        self.check_each_once(server, FEEDS * (ITEMS + 1))

        postgres.freeze()
        with contextlib.suppress(OSError):
            server.get("/api/v1/stats", timeout_s=1)  # a worker waits for it
        server.terminate(patience_s=40)


if __name__ == "__main__":
    unittest.main()
