"""How much memory a large installation takes, how soon it answers, and the large installation itself."""

import contextlib
import time

from rows import Row, median, spread
from setup import installation, publisher, wait_for_grouped, wait_for_stored, work_folder

FEEDS, ITEMS = 10_000, 20
REQUESTS = 1_000
STARTS = 7
QUIET_S = 3  # after the burst of a first refresh: what is measured is what stays


@contextlib.contextmanager
def large_installation():
    """10,000 feeds and 200,000 articles that came in the way that all articles do."""
    with installation(work_folder()) as home:
        with publisher("--generated", FEEDS, "--items", ITEMS, "--item-bytes", 1000, "--publish-every", 1_000_000,
                       "--no-gzip") as origin:
            home.follow(origin)
            server = home.serve()
            wait_for_stored(server, FEEDS * ITEMS)
            wait_for_grouped(server, FEEDS * ITEMS)
            time.sleep(QUIET_S)
            home.memory_after_load = server.memory_mb()
            server.terminate()
            yield home


def memory(home):
    server = home.serve()
    after_start = server.memory_mb()
    sources = [source["id"] for source in server.sources()[:100]]
    cursor = ""
    for number in range(REQUESTS):
        page = server.get(f"/api/v1/articles?limit=50{cursor}" if number % 2 else
                          f"/api/v1/articles?source={sources[number // 2 % 100]}").json()
        if number % 2:
            cursor = "&cursor=" + page["next_cursor"]
    after_requests = server.memory_mb()
    server.terminate()
    most = max(home.memory_after_load["resident"], after_requests["resident"])

    def told(sizes):
        return f"{sizes['resident']:.0f} ({sizes['anonymous']:.0f} anonymous)"
    return Row(name="memory", what=f"memory with {FEEDS:,} feeds and {FEEDS * ITEMS:,} articles, all analyzed and in stories; models and tables counted",
               measured=f"{told(home.memory_after_load)} MB after loading them all (at most "
                        f"{home.memory_after_load['peak']:.0f} while loading), {told(after_requests)} MB after a start and "
                        f"{REQUESTS:,} requests",
               against="the limit", ratio=most / 200, reach="≤ 200 MB resident", ok=most <= 200,
               details={"after_load_mb": home.memory_after_load, "after_start_mb": after_start,
                        "after_requests_mb": after_requests})


def start(home):
    seconds = []
    for _ in range(STARTS):
        server = home.serve()
        answer = server.get("/api/v1/articles")
        seconds.append(time.monotonic() - server.spawned_at)
        if answer.status != 200 or len(answer.json()["articles"]) != 50:
            raise SystemExit("the first answer was not the list of articles")
        server.terminate()
    middle = median(seconds)
    return Row(name="start", what=f"start to first answer with {FEEDS * ITEMS:,} articles",
               measured=f"{middle * 1000:.0f} ms", against="the limit", ratio=middle / 0.2, reach="≤ 200 ms",
               ok=middle <= 0.2, details={"seconds": spread(seconds, 3)})
