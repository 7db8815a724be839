"""Where the programs of a benchmark are, and the work folder that it uses up."""

import atexit
import contextlib
import pathlib
import shutil
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(TREE / "tests" / "pipeline"))

from running import Installation, Publisher, wait_until  # noqa: E402

RELEASE = TREE / "build" / "release"
TIDINGS = RELEASE / "src" / "app" / "tidings"
PUBLISHER = RELEASE / "tests" / "support" / "publisher" / "tidings_publisher"
OUTPUT = TREE / "build" / "bench"  # on the disk that the tree is on: a RAM disk would make commits free


def work_folder():
    """A new folder, removed when the program ends and not before: for minutes after a removal ext4 looks at each inode that was
    freed before it makes a new one, which would slow down whoever is measured next."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="work-", dir=OUTPUT))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextlib.contextmanager
def publisher(*arguments):
    running = Publisher(str(PUBLISHER), *arguments)
    try:
        yield running
    finally:
        running.stop()


@contextlib.contextmanager
def installation(folder):
    folder.mkdir(parents=True, exist_ok=True)
    home = Installation(TIDINGS, "sqlite", None, folder)
    try:
        yield home
    finally:
        home.remove()


def wait_for_grouped(server, articles):
    """Until that many articles are analyzed and in stories."""
    wait_until(f"{articles} articles are in stories", patience_s=1200, pause_s=0.1, condition=lambda: sum(
        server.metric(f'story_articles_total{{outcome="{outcome}"}}') for outcome in ("joined", "opened")) >= articles)


def wait_for_stored(server, articles):
    """Until that many articles are committed: the counter is raised after the commit has returned."""
    wait_until(f"{articles} articles are stored", lambda: server.metric("articles_added_total") >= articles,
               patience_s=600, pause_s=0.01)
