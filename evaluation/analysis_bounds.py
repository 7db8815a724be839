"""Bad input: what a megabyte of it costs `tidings analyze`, processor time, JSON in to JSON out, one line of 1, 2, 4 and 8 MB each.

    evaluation/analysis_bounds.py        prints the whole table

The limit is 50 ms a megabyte, and no kind may cost more a megabyte when there is more of it: time is linear.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(TREE / "bench"))

from analysis import RELEASE, processor_seconds  # noqa: E402
from rows import Row, not_measured  # noqa: E402

WHAT = "bad input of 1 to 8 MB in a line: processor time a MB, the worst of {} kinds"
REACH = "≤ 50 ms a MB, linear"
LIMIT_MS = 50
# Of the time a MB, from 4 MB to 8 MB: time that grows with the square has 2. The first megabytes leave the processor's caches, and
# what costs little is mostly the noise of the program's start.
GROWTH_MAX = 1.25
GROWTH_FROM_MS = 5
MEGABYTES = (1, 2, 4, 8)
MB = 1_000_000
RUNS = 3


def mixed_words():
    """Made-up words with the frequencies of a language, so that forms do not repeat more than in news."""
    chance = random.Random(1)
    words = ["".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(chance.randint(1, 4))) for _ in range(30_000)]
    text = []
    for _ in range(60_000):
        word = words[int(chance.paretovariate(0.7)) % len(words)]
        text.append(word.capitalize() if chance.random() < 0.12 else word + ("." if chance.random() < 0.06 else ""))
    return " ".join(text) + " "


def mixed_scripts():
    return "".join(f"Paris {'東京で'} Москва {'القاهرة'} नई दिल्ली {'กรุงเทพ'} {i} 🙂 Ελλάδα " for i in range(50))


KINDS = {
    "news-like": mixed_words,
    "one word": lambda: "rain ",
    "one sentence": lambda: "The council of Springfield approved the budget on Monday. ",
    "names": lambda: "Paris London Berlin Springfield Washington Georgia ",
    "people": lambda: "Ann Lee met Mr. John Smith and Maria Garcia in Paris. ",
    "all capitals": lambda: "THE PRESIDENT SAID NO TO THE BILL IN WASHINGTON ",
    "initials": lambda: "A. ",
    "abbreviations": lambda: "Mr. Dr. U.S. e.g. ",
    "parentheses": lambda: "(",
    "closed parentheses": lambda: "(a) ",
    "quotation marks": lambda: '"',
    "opening marks": lambda: "“a ",
    "quotations": lambda: "“We will go,” said Ann Lee. ",
    "apostrophes": lambda: "l'",
    "digits": lambda: "7",
    "numbers": lambda: "1,234.5 ",
    "combining marks": lambda: "e" + "\u0301" * 50,
    "marks alone": lambda: "\u0301",
    "zero width": lambda: "a\u200b\u200d\ufeff",
    "one token": lambda: "a",
    "one token, capital": lambda: "Aa",
    "line breaks": lambda: "\n",
    "short lines": lambda: "Aa\n",
    "blanks": lambda: " ",
    "points": lambda: ".",
    "hyphens": lambda: "a-",
    "emoji": lambda: "😀👍🏽",
    "Han": lambda: "東京都で地震がありました",
    "Thai": lambda: "กรุงเทพมหานครเป็นเมืองหลวง",
    "Arabic": lambda: "قال الرئيس في القاهرة ",
    "mixed scripts": mixed_scripts,
    "addresses": lambda: "https://example.com/a?b=c#d ",
    "not UTF-8": lambda: "caf\udce9 \udcff\udcfe ",
}


def line_of(kind, megabytes):
    text = KINDS[kind]()
    size = len(text.encode("utf-8", "surrogateescape"))
    text *= megabytes * MB // size + 1
    # Bytes that are not UTF-8 go into the line as they are.
    text = json.dumps({"id": 1, "title": "A title", "text": text}, ensure_ascii=False)
    return text.encode("utf-8", "surrogateescape") + b"\n"


def seconds_of(file, line):
    file.write_bytes(line)
    return min(processor_seconds([RELEASE / "src" / "app" / "tidings", "analyze"], file) for _ in range(RUNS))


def table():
    """Milliseconds a MB of each kind, for each of MEGABYTES; the program's start is taken away."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "article.jsonl"
        start = seconds_of(file, b'{"id":1,"title":"A title","text":"A text that says something in English."}\n')
        return {kind: [1000 * (seconds_of(file, line_of(kind, size)) - start) / size for size in MEGABYTES] for kind in KINDS}


def bounds():
    what = WHAT.format(len(KINDS))
    if not (RELEASE / "src" / "app" / "tidings").exists():
        return not_measured("analysis_bounds", what, REACH, f"no program at {RELEASE}")
    try:
        costs = table()
    except subprocess.CalledProcessError as failed:
        return not_measured("analysis_bounds", what, REACH, f"the program failed: {failed}")
    worst = max(costs, key=lambda kind: max(costs[kind]))
    growth = max(costs[kind][-1] / max(costs[kind][-2], GROWTH_FROM_MS) for kind in costs)
    most = max(costs[worst])
    return Row(name="analysis_bounds", what=what, measured=f"{most:.0f} ms a MB ({worst}); at 8 MB {growth:.2f} times that of 4 MB at most",
               against=f"news-like text {max(costs['news-like']):.0f} ms a MB", ratio=most / LIMIT_MS, reach=REACH,
               ok=most <= LIMIT_MS and growth <= GROWTH_MAX, details={"ms_a_mb": costs})


ROWS = {"analysis_bounds": bounds}

if __name__ == "__main__":
    print(f"{'ms a MB of':22}" + "".join(f"{size:>7} MB" for size in MEGABYTES))
    for name, values in sorted(table().items(), key=lambda one: -max(one[1])):
        print(f"{name:22}" + "".join(f"{value:>10.1f}" for value in values))
