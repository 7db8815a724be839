"""A day of 10,000 feeds among publishers that keep the score: bench/simulated_day lives through it."""

import json
import pathlib
import subprocess
import tempfile

from rows import Row, not_measured
from setup import RELEASE

PROGRAM = RELEASE / "bench" / "simulated_day" / "tidings_simulated_day"
WHAT = "24 simulated hours of 10,000 feeds on 300 hosts"
REACH = "no violation, every entry seen within 1.5 intervals"


def simulated_day():
    if not PROGRAM.exists():
        return not_measured("simulated_day", WHAT, REACH, "tidings_simulated_day is not built")
    # In memory where there is room: how fast commits are is measured elsewhere, and a day has as many as seconds.
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        done = subprocess.run([PROGRAM, "10000", "300", "40", "1", folder], stdout=subprocess.PIPE, text=True)
    if not done.stdout:
        raise SystemExit("tidings_simulated_day failed")
    day = json.loads(done.stdout)
    violations = sum(day["violations"].values())
    return Row(name="simulated_day", what=WHAT,
               measured=f"{violations} violations in {day['requests']:,} requests; {day['entries_seen']:,} entries seen "
                        f"after {day['delay_mean']:.2f} intervals in the mean",
               against="the publisher's judgement", ratio=None, reach=REACH, ok=violations == 0, details=day)
