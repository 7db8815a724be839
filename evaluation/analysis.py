"""What an analysis costs: real news of 350 to 450 words through `tidings analyze`, one core, JSON in to JSON out."""

import itertools
import json
import pathlib
import subprocess
import tempfile

import reuters
from rows import Row, not_measured
from text_runs import DATA, TREE, processor_seconds

RELEASE = TREE / "build" / "release"
WHAT = "Reuters articles of 350 to 450 words, JSON in to JSON out, one core"
REACH = "≥ 1,500 articles/s"
ARTICLES_MAX = 1000
REPEATS = 4  # or the start of the program, a twentieth of a second, would be a sixth of what is measured
RUNS = 3


def lines():
    chosen = (article for article in reuters.articles() if 350 <= len(article[1].split()) <= 450)
    articles = list(itertools.islice(chosen, ARTICLES_MAX))
    for i, (title, text) in enumerate(articles * REPEATS):
        yield json.dumps({"id": i, "title": title, "text": text})


def speed():
    if not (DATA / "reuters21578").is_dir():
        return not_measured("analysis_speed", WHAT, REACH, f"no articles at {DATA}")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "articles.jsonl"
        written = list(lines())
        file.write_text("\n".join(written) + "\n")
        seconds = [processor_seconds([RELEASE / "src" / "app" / "tidings", "analyze"], file) for _ in range(RUNS)]
        costs = json.loads(subprocess.run([RELEASE / "evaluation" / "analysis_cost", file], stdout=subprocess.PIPE,
                                          check=True).stdout)
    rate = len(written) / sorted(seconds)[RUNS // 2]
    parts = ", ".join(f"{name} {value:.0f}" for name, value in costs.items() if name not in ("articles", "json_to_json"))
    return Row(name="analysis_speed", what=WHAT, measured=f"{rate:,.0f} articles/s (µs each: {parts})",
               against="Telegram contest's third place, about 36/s/core (published)", ratio=rate / 1500, reach=REACH,
               ok=rate >= 1500, details={"seconds": seconds, "microseconds": costs})


ROWS = {"analysis_speed": speed}
