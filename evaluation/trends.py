"""Trends: bursts planted in a stream made of Reuters' articles of March and April 1987, and what rises without one."""

import datetime
import gzip
import html
import json
import re
import subprocess
import sys

from rows import Row, not_measured
from text_runs import DATA, TREE

PROGRAM = TREE / "build" / "release" / "evaluation" / "trends_evaluate"
WHAT = ("trends: bursts planted in real news (Reuters, eight weeks at 500 articles/h), found in time: ×10 on 5 per h within 30 min / "
        "×5 on 5 within 1 h / ×3 on 50 within 1 h; keys that rise for nothing in a stream of constant intensity")
REACH = "≥ 95 / 90 / 95 %; ≤ 1 per 10,000 key-hours"
SEED = 7  # the settings were chosen on 1 and 2026
BEGIN, END = (datetime.datetime(1987, *day, tzinfo=datetime.timezone.utc) for day in ((3, 1), (4, 10)))
SHARES = {"x10_on_5": 0.95, "x5_on_5": 0.90, "x3_on_50": 0.95}


def when(article):
    date = re.search(r"<DATE>\s*(\d\d?-[A-Z]+-1987 \d\d?:\d\d:\d\d)", article)
    return date and datetime.datetime.strptime(date[1], "%d-%b-%Y %H:%M:%S").replace(tzinfo=datetime.timezone.utc)


def articles():
    """Those with title, text and time, in the order of their times."""
    for file in sorted((DATA / "reuters21578").glob("*.sgm.gz")):
        text = gzip.open(file).read().decode("latin-1")
        for article in re.findall(r"<REUTERS.*?</REUTERS>", text, re.S):
            title = re.search(r"<TITLE>(.*?)</TITLE>", article, re.S)
            body = re.search(r"<BODY>(.*?)</BODY>", article, re.S)
            at = when(article)
            if title and body and at and BEGIN <= at < END:
                yield at.timestamp(), html.unescape(title[1]).strip(), html.unescape(body[1]).strip()


def lines():
    return "\n".join(json.dumps({"title": title, "text": body, "at": int(at)}) for at, title, body in sorted(articles()))


def shares(run):
    return [run["classes"][name]["in_time"] / max(run["classes"][name]["planted"], 1) for name in SHARES]


def per_hours(run):
    """Of keys that come once an hour or more: others have next to no chance to rise, and would only flatter."""
    return 1e4 * run["onsets"] / (run["hours"] * run["common_keys"])


def show(run):
    return " / ".join(f"{100 * share:.1f}" for share in shares(run)) + " %"


def trends():
    if not (DATA / "reuters21578").is_dir():
        return not_measured("trends", WHAT, REACH, f"no articles at {DATA}")
    done = subprocess.run([PROGRAM, str(SEED)], input=lines(), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    real, constant, quiet, nothing = (found[name] for name in ("real", "constant", "quiet_real", "quiet_constant"))
    minutes = " / ".join(f"{real['classes'][name]['minutes_median']:.0f}" for name in SHARES)
    false = per_hours(nothing)
    each = 1e6 * quiet["seconds"] / quiet["articles"]
    megabytes = quiet["bytes"] / quiet["keys"] / 10
    return Row(name="trends", what=WHAT,
               measured=f"{show(real)} (after {minutes} min, median); {false:.2f} per 10,000; "
                        f"{each:.0f} µs an article of {quiet['keys_each']:.0f} keys, {megabytes:.0f} MB per 100,000 keys",
               against=f"in a stream of constant intensity {show(constant)}; in real news without planted bursts {quiet['onsets'] / quiet['hours']:.1f} keys an hour "
                       f"begin to rise, {quiet['heads_mean']:.1f} trends at a time",
               ratio=false, reach=REACH,
               ok=all(share >= least for share, least in zip(shares(real), SHARES.values())) and false <= 1, details=found)


ROWS = {"trends": trends}

if __name__ == "__main__":
    sys.stdout.write(lines())
