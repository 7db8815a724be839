"""How many feeds one core takes through the whole loop: claim, ask, judge, store. The publisher has a core of its own."""

import contextlib
import os
import sqlite3
import time

from rows import Row, median, spread
from setup import installation, publisher, wait_for_stored, wait_until, work_folder

RUNS = 3
FEEDS, ITEMS, ITEM_BYTES = 2000, 20, 1500  # documents of 30 KB; a connection each, which is kept
ROUNDS = 5
PUBLISH_EVERY_S = 1_000_000
DOMAIN_GAP_S = 1.5  # a domain that was asked within the last second is left alone: it would measure that
NAMES = ["fetch_unchanged", "fetch_changed"]


def fetch_loop():
    """Every feed is made due at the same moment, in a server that goes on running as servers do."""
    cores = sorted(os.sched_getaffinity(0))
    own_core = ("taskset", "-c", str(cores[-1])) if len(cores) > 1 else ()
    unchanged, changed = [], []
    for _ in range(RUNS):
        with publisher("--generated", FEEDS, "--items", ITEMS, "--item-bytes", ITEM_BYTES,
                       "--publish-every", PUBLISH_EVERY_S, "--no-gzip") as origin:
            with installation(work_folder()) as home:
                home.follow(origin)
                server = home.serve(within=own_core, options=("--roles", "fetch,serve"))
                wait_for_stored(server, FEEDS * ITEMS)
                wait_until("all is stored", lambda: at_rest(server))
                unchanged.append(rates([round_of(home, server, "not_modified") for _ in range(ROUNDS)]))
                changed.append(rates([changed_round(home, server, origin) for _ in range(ROUNDS)]))
                server.terminate()
    yield row("fetch_unchanged", "304s through the whole loop, the server on one core", unchanged, 8000)
    yield row("fetch_changed", "changed feeds of 30 KB through the whole loop, the server on one core", changed, 1500)


def changed_round(home, server, origin):
    origin.advance(PUBLISH_EVERY_S)
    return round_of(home, server, "page")


def rates(rounds):
    """Feeds a second by the clock and by the server's processor time."""
    return tuple(FEEDS * len(rounds) / sum(one) for one in zip(*rounds))


def round_of(home, server, outcome):
    """Seconds by the clock and of the processor, from the first claim to the last commit."""
    time.sleep(DOMAIN_GAP_S)
    before, cpu = answered(server, outcome), server.cpu_seconds()
    make_due(home.folder / "tidings.db")
    wait_until("they are claimed", lambda: not at_rest(server), pause_s=0.005)  # it looks twice a second
    begun = time.monotonic()
    # Not more often: answering the question is work of the same processor.
    wait_until("all are stored", lambda: answered(server, outcome) >= before + FEEDS and at_rest(server), pause_s=0.1)
    return time.monotonic() - begun, server.cpu_seconds() - cpu


def make_due(file, which="TRUE"):
    """Feeds that a condition of SQL holds for."""
    with contextlib.closing(sqlite3.connect(file, timeout=60)) as database, database:
        database.execute(f"UPDATE source_states SET due_at = 0 WHERE {which}")


def answered(server, outcome):
    return server.metrics().get(f'tidings_fetches_total{{outcome="{outcome}"}}', 0)


def at_rest(server):
    return server.metric("refresh_sources_held") == 0


def row(name, what, rounds, reach):
    by_clock, by_cpu = [clock for clock, _ in rounds], [cpu for _, cpu in rounds]
    return Row(name=name, what=f"{FEEDS:,} {what}",
               measured=f"{median(by_clock):,.0f} feeds/s ({median(by_cpu):,.0f} a second of processor time)",
               against="the limit", ratio=median(by_clock) / reach, reach=f"≥ {reach:,} feeds/s",
               ok=median(by_clock) >= reach,
               details={"feeds_per_second": spread(by_clock, 0), "feeds_per_cpu_second": spread(by_cpu, 0)})
