"""What every end-to-end test starts from: an installation of its own, on the database that the run is for."""

import os
import unittest

from running import Installation, Publisher


def required(name):
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"{name} is not set: run the tests with script/test, or ctest under script/with_postgres")
    return value


os.environ.pop("TIDINGS_DATA", None)  # sample data for other tests: the program would warn of it
BINARY = required("TIDINGS_TEST_BINARY")
PUBLISHER = required("TIDINGS_TEST_PUBLISHER")
DATABASE = required("TIDINGS_TEST_DATABASE")  # sqlite or postgres
POSTGRES_URL = required("TIDINGS_TEST_POSTGRES") if DATABASE == "postgres" else None


class EndToEnd(unittest.TestCase):
    def setUp(self):
        self.home = self.installation()

    def installation(self, folder=None):
        home = Installation(BINARY, DATABASE, POSTGRES_URL, folder)
        self.addCleanup(home.remove)
        return home

    def publisher(self, *arguments):
        publisher = Publisher(PUBLISHER, *arguments)
        self.addCleanup(publisher.stop)
        return publisher
