"""Reading documents, against parsers that do nothing else: src/parse/parse_benchmark.cpp measures feeds against expat,
src/normalize/sanitize_benchmark.cpp HTML against gumbo."""

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


def sanitize():
    what = "sanitizing HTML against parsing it alone, the entries of real feeds; whole news pages in the details"
    reach = "≥ 0.7×"
    program = RELEASE / "src" / "normalize" / "normalize_benchmark"
    if not program.exists():
        return not_measured("sanitize", what, reach, "normalize_benchmark is not built: install libbenchmark-dev")
    done = subprocess.run([program, "--benchmark_filter=AgainstGumbo", "--benchmark_format=json"], cwd=TREE,
                          capture_output=True, text=True)
    if done.returncode != 0:
        return not_measured("sanitize", what, reach, done.stderr.strip())
    counted = ["pieces", "bytes", "gumbo_mb_per_second", "sanitize_mb_per_second", "ratio", "by_tree_pieces",
               "by_tree_bytes_share"]
    entries, pages = ({name: round(run[name], 3) for name in counted}
                      for run in json.loads(done.stdout)["benchmarks"])
    ratio = min(entries["ratio"], pages["ratio"])
    return Row(name="sanitize", what=what,
               measured=f"{entries['sanitize_mb_per_second']:.0f} MB/s, pages {pages['sanitize_mb_per_second']:.0f}",
               against=f"gumbo {entries['gumbo_mb_per_second']:.0f} MB/s, pages {pages['gumbo_mb_per_second']:.0f}",
               ratio=ratio, reach=reach, ok=ratio >= 0.7, details={"entries": entries, "pages": pages})
