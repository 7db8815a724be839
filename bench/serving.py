"""The API under load beside nginx: bench/serve_bench.py asks both, this makes rows of what it found."""

import json
import shutil
import subprocess
import sys

from rows import Row, not_measured
from setup import RELEASE, TREE

LOAD = RELEASE / "bench" / "load" / "tidings_load"
NAMES = {"cached_cpu": "`GET /api/v1/articles?…` from cache, server CPU per request",
         "uncached": "the same uncached with a filter, 200,000 articles, 2,000 req/s open loop",
         "cached_10000": "10,000 req/s cached, open loop, client on the same machine"}
REACH = {"cached_cpu": "≤ 1.5×", "uncached": "p99 ≤ 3×", "cached_10000": "p99 ≤ 1.5× and ≤ 10 ms, no error"}


def serving(home, wanted):
    missing = ("nginx is not installed" if shutil.which("nginx") is None else
               "tidings_load is not built" if not LOAD.exists() else None)
    if missing:
        yield from (not_measured(name, NAMES[name], REACH[name], missing) for name in NAMES if name in wanted)
        return
    server = home.serve()
    command = [sys.executable, TREE / "bench" / "serve_bench.py", "--load", LOAD, "--url", server.url,
               "--pid", str(server.process.pid)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    server.terminate()
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines or lines[-1]["name"] != "summary":
        raise SystemExit(f"serve_bench failed: {done.stdout[-2000:]}")
    found, runs = lines[-1], lines[:-1]
    for row in rows_of(found):
        if row.name in wanted:
            row.details = {"summary": found, "runs": [run for run in runs if belongs(row.name, run["name"])]}
            yield row


def belongs(row, run):
    return {"cached_cpu": "closed loop", "uncached": "2,000/s", "cached_10000": "10,000/s"}[row] in run


def rows_of(found):
    cpu, p99, quiet = found["cached_cpu_us"], found["open_loop_p99_ms"], found["errors"] == 0
    yield Row(name="cached_cpu", what=NAMES["cached_cpu"], measured=f"{cpu['tidings']:.1f} µs",
              against=f"nginx {cpu['nginx']:.1f} µs", ratio=found["cached_cpu_ratio"], reach=REACH["cached_cpu"],
              ok=found["cached_cpu_ratio"] <= 1.5 and quiet)
    yield Row(name="uncached", what=NAMES["uncached"], measured=f"p99 {found['uncached_p99_ms']:.2f} ms",
              against=f"the cached one under the same load {found['cached_p99_ms']:.2f} ms",
              ratio=found["uncached_ratio"], reach=REACH["uncached"], ok=found["uncached_ratio"] <= 3 and quiet)
    yield Row(name="cached_10000", what=NAMES["cached_10000"],
              measured=f"p99 {p99['tidings']:.2f} ms, {found['errors']} errors", against=f"nginx p99 {p99['nginx']:.2f} ms",
              ratio=found["open_loop_p99_ratio"], reach=REACH["cached_10000"],
              ok=found["open_loop_p99_ratio"] <= 1.5 and p99["tidings"] <= 10 and quiet)
