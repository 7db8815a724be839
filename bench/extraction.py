"""Articles on real pages: how well they are found, and how fast, against readability-lxml in the same run."""

import json
import os
import pathlib
import subprocess

from rows import Row, not_measured
from setup import RELEASE, TREE

SYSTEM_PYTHON = "/usr/bin/python3"  # where Debian's packages are
PEER = TREE / "bench" / "extraction_peer.py"
ROUNDS = 3


def last_json_line(command):
    done = subprocess.run(command, cwd=TREE, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"{command[0]} failed")
    return json.loads(done.stdout.strip().splitlines()[-1])


def folder():
    return pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data")) / "extraction"


def peer():
    return last_json_line([SYSTEM_PYTHON, str(PEER), str(folder())])


def quality():
    what = "words of the articles on 147 news pages: mean F1"
    try:
        ours = last_json_line([RELEASE / "bench" / "extraction" / "extract_evaluate"])
    except (RuntimeError, OSError) as error:
        return not_measured("extraction", what, "≥ 0.90", str(error))
    try:
        theirs = peer()
        against = f"readability-lxml {theirs['f1']:.3f}, titles {theirs['titles_equal']:.3f}"
    except (RuntimeError, OSError) as error:
        theirs, against = {}, f"readability-lxml: {error}"
    return Row(name="extraction", what=what,
               measured=f"{ours['f1']:.3f}; titles {ours['titles_equal']:.3f}, days {ours['dates_equal']:.3f}, "
                        f"authors {ours['authors_equal']:.3f}",
               against=against, ratio=ours["f1"], reach="≥ 0.90", ok=ours["f1"] >= 0.9,
               details={"ours": ours, "readability": theirs})


def speed():
    what = "from a page's bytes to its article, CPU time, the same 147 pages"
    try:
        # In turns, so that a noisy neighbor meets both.
        runs = [(last_json_line([RELEASE / "src" / "extract" / "extract_benchmark"]), peer()) for _ in range(ROUNDS)]
    except (RuntimeError, OSError) as error:
        return not_measured("extraction_speed", what, "≥ 5×", str(error))
    ratios = sorted(ours["extract_mb_per_second"] / theirs["mb_per_second"] for ours, theirs in runs)
    ours, theirs = runs[-1]
    ratio = ratios[len(ratios) // 2]
    return Row(name="extraction_speed", what=what,
               measured=f"{ours['extract_mb_per_second']:,.0f} MB/s (the tree alone {ours['parse_mb_per_second']:,.0f})",
               against=f"readability-lxml {theirs['mb_per_second']:.1f} MB/s", ratio=ratio, reach="≥ 5×", ok=ratio >= 5,
               details={"ratios": [round(value, 1) for value in ratios], "runs": runs})
