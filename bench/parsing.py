"""Parsing against an XML parser that does nothing: src/parse/parse_benchmark.cpp measures both."""

import json
import subprocess

from rows import Row
from setup import RELEASE, TREE


def parse():
    what = "parse, bytes to entries, well-formed XML feeds above 20 KB, 100 MB"
    done = subprocess.run([RELEASE / "src" / "parse" / "parse_benchmark"], cwd=TREE, capture_output=True, text=True)
    if done.returncode != 0:
        return Row(name="parse", what=what, measured="not measured", against=done.stderr.strip(), ratio=None,
                   reach="≥ 0.5×", ok=None)
    result = json.loads(done.stdout)
    return Row(name="parse", what=what, measured=f"{result['parse_mb_per_second']:,.0f} MB/s",
               against=f"expat with empty handlers {result['expat_mb_per_second']:,.0f} MB/s", ratio=result["ratio"],
               reach="≥ 0.5×", ok=result["ratio"] >= 0.5, details=result)
