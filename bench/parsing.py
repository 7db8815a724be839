"""Parsing against an XML parser that does nothing: src/parse/parse_benchmark.cpp measures both."""

import json
import subprocess

from rows import Row, not_measured
from setup import RELEASE, TREE


def parse():
    what = "parse, bytes to entries, well-formed XML feeds above 20 KB, 100 MB"
    program = RELEASE / "src" / "parse" / "parse_benchmark"
    if not program.exists():
        return not_measured("parse", what, "≥ 0.5×", "parse_benchmark is not built: install libbenchmark-dev")
    done = subprocess.run([program], cwd=TREE, capture_output=True, text=True)
    if done.returncode != 0:
        return not_measured("parse", what, "≥ 0.5×", done.stderr.strip())
    result = json.loads(done.stdout)
    return Row(name="parse", what=what, measured=f"{result['parse_mb_per_second']:,.0f} MB/s",
               against=f"expat with empty handlers {result['expat_mb_per_second']:,.0f} MB/s", ratio=result["ratio"],
               reach="≥ 0.5×", ok=result["ratio"] >= 0.5, details=result)
