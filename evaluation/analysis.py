"""What an analysis costs: real news of 350 to 450 words through `tidings analyze`, one core, JSON in to JSON out."""

import gzip
import html
import json
import os
import pathlib
import re
import resource
import subprocess
import tempfile

from rows import Row, not_measured

TREE = pathlib.Path(__file__).resolve().parent.parent
RELEASE = TREE / "build" / "release"
DATA = pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data"))
WHAT = "Reuters articles of 350 to 450 words, JSON in to JSON out, one core"
REACH = "≥ 1,500 articles/s"
ARTICLES_MAX = 1000
RUNS = 3


def reuters():
    for file in sorted((DATA / "reuters21578").glob("*.sgm.gz")):
        text = gzip.open(file).read().decode("latin-1")
        for article in re.findall(r"<REUTERS.*?</REUTERS>", text, re.S):
            title = re.search(r"<TITLE>(.*?)</TITLE>", article, re.S)
            body = re.search(r"<BODY>(.*?)</BODY>", article, re.S)
            if title and body and 350 <= len(body[1].split()) <= 450:
                yield html.unescape(title[1]).strip(), html.unescape(body[1]).strip()


def lines():
    for i, (title, text) in enumerate(reuters()):
        if i == ARTICLES_MAX:
            return
        yield json.dumps({"id": i, "title": title, "text": text})


def processor_seconds(command, stdin):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(stdin, "rb") as given:
        subprocess.run(command, stdin=given, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


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
