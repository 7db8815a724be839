"""What a search takes in a running server that has a million articles, with news coming in and without.

Requests go over HTTP at a fixed rate whatever happened to earlier ones (bench/load); news goes the way that all news goes:
published, fetched, analyzed, grouped, indexed. Both phases in turns.
"""

import contextlib
import json
import subprocess
import tempfile
import threading
import time
import urllib.parse

import fetch_loop
from rows import Row, median, spread
from setup import RELEASE, installation, publisher, wait_until, work_folder

LOAD = RELEASE / "bench" / "load" / "tidings_load"
FILL = RELEASE / "bench" / "search" / "search_fill"
RATE, SECONDS, WARM_UP_S, ROUNDS = 200, 20, 2, 3
FEEDS, GROUPS = 100, 2  # each feed has a new entry a second, and is asked every other
P99_MS, RATIO = 20, 2
ZONES = ("UTC", "Europe/Berlin", "Asia/Tokyo", "America/New_York", "Africa/Lagos", "Asia/Kolkata")
NAME = "search_latency"
WHAT = f"searching a server of 1,000,000 articles, {RATE} req/s open loop, {FEEDS} articles/s coming in"
REACH = f"p99 ≤ {P99_MS} ms, ≤ {RATIO}× that without the incoming"


def search_latency(corpus):
    """`corpus` is a folder with the texts and their queries."""
    with installation(work_folder()) as home:
        subprocess.run([FILL, corpus, home.folder / "tidings.db"], check=True, stdout=subprocess.DEVNULL)
        with publisher("--generated", FEEDS, "--items", 20, "--item-bytes", 2500,
                       "--publish-every", fetch_loop.PUBLISH_EVERY_S, "--no-gzip") as origin:
            home.follow(origin)
            server = home.serve()
            articles = sum(1 for _ in open(corpus / "meta.tsv"))
            wait_until("all is indexed", lambda: server.metric("search_articles") >= articles, patience_s=1200, pause_s=1)
            wait_until("nothing is left to do", lambda: is_idle(server), patience_s=1200)
            addresses = iter(requests(server.url, corpus / "queries.tsv"))
            quiet, busy, came = [], [], []
            for _ in range(ROUNDS):
                quiet.append(asked(server, addresses))
                with news(home, server, origin) as arrived:
                    busy.append(asked(server, addresses))
                    came.append(arrived())
            server.terminate()
    return row(quiet, busy, came)


def is_idle(server, seconds=5, share=0.05):
    before = server.cpu_seconds()
    time.sleep(seconds)
    return server.cpu_seconds() - before < share * seconds


def requests(url, queries):
    """As people ask: words, phrases, the latest of a language; each once, so that no answer is kept from before. Classes take turns."""
    of_class = {}
    for line in open(queries):
        group, written, wanted = line.rstrip("\n").split("\t")
        if not wanted or wanted.startswith("language="):
            of_class.setdefault(group, []).append(asked_as(written, wanted) + ("&sort=newest" if "newest" in group else ""))
    return [f"{url}/api/v1/search?limit={limit}&time_zone={zone}&{one}"
            for zone in ZONES for limit in range(20, 25)
            for turn in zip(*of_class.values()) for one in turn]


def asked_as(written, wanted):
    """A line of queries.tsv in our language."""
    words = written.split()
    if written.startswith('"'):
        text = written
    elif any(word.startswith("+") for word in words):
        text = " ".join(word.removeprefix("+") for word in words)
    else:
        text = " OR ".join(words)
    if wanted:
        text = f"({text}) lang:{wanted.removeprefix('language=')}"
    return urllib.parse.urlencode({"q": text})


def asked(server, addresses):
    with tempfile.NamedTemporaryFile("w", suffix=".urls") as file:
        file.write("".join(next(addresses) + "\n" for _ in range(RATE * (SECONDS + WARM_UP_S))))
        file.flush()
        done = subprocess.run([LOAD, "--name", "search", "--server-pid", str(server.process.pid), "--rate", str(RATE),
                               "--seconds", str(SECONDS), "--warm-up", str(WARM_UP_S), "--urls", file.name],
                              capture_output=True, text=True)  # fails where an answer did: the row says so
    return json.loads(done.stdout)


@contextlib.contextmanager
def news(home, server, origin):
    """News comes in meanwhile; gives a function that says how many articles a second there were until it is called."""
    before, begun, over = server.metric("articles_added_total"), time.monotonic(), threading.Event()

    def publish():
        turn = 0
        while not over.wait(max(0, begun + turn + 1 - time.monotonic())):
            origin.advance(fetch_loop.PUBLISH_EVERY_S)
            fetch_loop.make_due(home.folder / "tidings.db", f"source_id % {GROUPS} = {turn % GROUPS}")
            turn += 1

    publishing = threading.Thread(target=publish)
    publishing.start()
    try:
        yield lambda: (server.metric("articles_added_total") - before) / (time.monotonic() - begun)
    finally:
        over.set()
        publishing.join()
        wait_until("all of it is indexed", lambda: is_idle(server, seconds=1), patience_s=120)


def row(quiet, busy, came):
    alone, beside = (median([one["p99_ms"] for one in runs]) for runs in (quiet, busy))
    failed = sum(one["errors"] + one["not_ok"] for one in quiet + busy)
    return Row(name=NAME, what=WHAT, measured=f"p99 {beside:.1f} ms, {failed} errors ({median(came):.0f} articles/s came)",
               against=f"without the incoming {alone:.1f} ms", ratio=beside / alone, reach=REACH,
               ok=failed == 0 and beside <= P99_MS and beside <= RATIO * alone,
               details={"quiet_p99_ms": spread([one["p99_ms"] for one in quiet]), "busy_p99_ms": spread([one["p99_ms"] for one in busy]),
                        "articles_per_second": spread(came, 0), "runs": quiet + busy})
