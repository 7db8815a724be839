"""A PostgreSQL of a test's own, to be stopped and started under the program's feet."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile

from running import Failed, Postgres, wait_until

BINARIES = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))


class OwnPostgres:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tidings-postgres-"))
        # The server refuses to run as root.
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.as_user:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run("initdb", "--auth=trust", "--username=tidings", "--no-sync", "--encoding=UTF8", "--locale=C")
        self.start()

    def _run(self, program, *arguments):
        done = subprocess.run([*self.as_user, BINARIES / program, "--pgdata", self.folder / "data", *arguments],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/")
        if done.returncode != 0:
            raise Failed(f"{program}: {done.stderr}")

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self._run("pg_ctl", "start", "--wait", "--log", self.folder / "log", "--options", options)

    def stop(self):
        """As a machine that loses its power."""
        self._run("pg_ctl", "stop", "--mode", "immediate", "--wait")

    def _signal(self, signal_number):
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = pathlib.Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in [postmaster, *map(int, children)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal_number)

    def freeze(self):
        """Connections stay open, and nobody answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)

    def database(self):
        server = f"postgres://tidings@127.0.0.1:{self.port}/postgres"
        database = wait_until("PostgreSQL takes connections", lambda: Postgres(server))
        database.remove = lambda: None  # it goes with the server
        return database

    def remove(self):
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
