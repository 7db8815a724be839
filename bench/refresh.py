"""How long it takes from feeds that are due to articles that are on disk."""

import os
import shutil
import sqlite3
import subprocess
import time

import feeds
from rows import Row, median, spread
from setup import installation, publisher, wait_for_stored, wait_until, work_folder

RUNS = 3


def ours(folder, origin, articles):
    """Seconds from starting the program until everything is committed, and its CPU seconds."""
    with installation(folder) as home:
        home.follow(origin)
        server = home.serve()
        wait_for_stored(server, articles)
        seconds, cpu = time.monotonic() - server.spawned_at, server.cpu_seconds()
        server.terminate()
    return seconds, cpu


def newsboats(folder, origin, articles):
    """The same for newsboat: seconds from its start to its end. It reaches the publisher as its proxy."""
    folder.mkdir()
    (folder / "urls").write_text("\n".join(origin.feeds()) + "\n")
    (folder / "config").write_text(f"reload-threads {os.cpu_count()}\n")
    started = time.monotonic()
    subprocess.run(["newsboat", "-C", folder / "config", "-u", folder / "urls", "-c", folder / "cache.db", "-x",
                    "reload"], env=dict(os.environ, HOME=str(folder), http_proxy=origin.url), check=True,
                   stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - started
    database = sqlite3.connect(folder / "cache.db")
    [stored] = database.execute("SELECT count(*) FROM rss_item").fetchone()
    database.close()
    if stored != articles:
        raise SystemExit(f"newsboat stored {stored} of {articles} articles")
    return seconds


def refresh_200():
    count, items, item_bytes = 200, 30, 2500
    has_peer = shutil.which("newsboat") is not None
    own, cpu, peer = [], [], []
    folder = work_folder()
    total = feeds.write(folder / "feeds", count, items, item_bytes)
    with publisher("--folder", folder / "feeds", "--no-gzip") as origin:
        for run in range(RUNS):
            seconds, used = ours(folder / f"ours-{run}", origin, count * items)
            own.append(seconds)
            cpu.append(used)
            if has_peer:
                peer.append(newsboats(folder / f"newsboat-{run}", origin, count * items))
    seconds = median(own)
    return Row(name="refresh_200", what=f"refresh of {count} feeds of {items} items, {total / 1e6:.1f} MB, first time",
               measured=f"{seconds:.2f} s ({median(cpu):.2f} s CPU)",
               against=f"newsboat {median(peer):.2f} s" if has_peer else "newsboat is not installed",
               ratio=seconds / median(peer) if has_peer else None, reach="≤ 0.7 s", ok=seconds <= 0.7,
               details={"seconds": spread(own), "cpu_seconds": spread(cpu), "newsboat_seconds": spread(peer)})


def refresh_2000():
    """The first refresh and, once every feed is due again, the same with nothing new."""
    count, items = 2000, 20
    due_again_s = 40
    rates, cpu, again, again_cpu = [], [], [], []
    for run in range(RUNS):
        with publisher("--generated", count, "--items", items, "--item-bytes", 1000,
                       "--publish-every", 1_000_000, "--no-gzip") as origin:
            with installation(work_folder()) as home:
                home.follow(origin)
                server = home.serve(**{"schedule.interval_seconds_min": due_again_s,
                                       "schedule.interval_seconds_max": due_again_s})
                wait_for_stored(server, count * items)
                stored_at = time.monotonic()
                rates.append(count * items / (stored_at - server.spawned_at))
                cpu.append(server.cpu_seconds())
                server.terminate()
                # Every feed has become due while nobody looked.
                time.sleep(max(0, stored_at + due_again_s * 1.1 + 1 - time.monotonic()))
                # The articles of the first refresh are still waiting to be analyzed: this is about the feeds.
                server = home.serve(options=("--roles", "fetch,serve"))
                started = time.monotonic()
                wait_until("all feeds are asked again", lambda: all_unchanged(server, count), pause_s=0.01)
                again.append(count / (time.monotonic() - started))
                again_cpu.append(server.cpu_seconds())
                server.terminate()
    yield Row(name="refresh_2000", what=f"refresh of {count:,} feeds × {items} entries, first time",
              measured=f"{median(rates):,.0f} articles/s ({median(cpu):.1f} s CPU)", against="the limit",
              ratio=median(rates) / 5000, reach="≥ 5,000 articles/s", ok=median(rates) >= 5000,
              details={"articles_per_second": spread(rates, 0), "cpu_seconds": spread(cpu)})
    yield Row(name="not_modified", what="the same refresh again, all 304",
              measured=f"{median(again):,.0f} feeds/s ({median(again_cpu):.2f} s CPU)", against="the limit",
              ratio=median(again) / 5000, reach="≥ 5,000 feeds/s", ok=median(again) >= 5000,
              details={"feeds_per_second": spread(again, 0), "cpu_seconds": spread(again_cpu)})


def all_unchanged(server, count):
    """Every feed answered 304, and what that means for its next turn is committed."""
    metrics = server.metrics()
    return (metrics.get('tidings_fetches_total{outcome="not_modified"}', 0) >= count
            and metrics.get("tidings_refresh_sources_held") == 0)
