"""What an analysis costs in the product, from the database and back, against the analyzers alone in the same run."""

import gzip
import html
import json
import os
import pathlib
import re
import resource
import subprocess
import time
from xml.sax.saxutils import escape

from rows import Row, median, not_measured, spread
from setup import TIDINGS, TREE, installation, publisher, wait_for_stored, wait_until, work_folder

RUNS = 3
FEED_ITEMS = 50
WHAT = "Reuters articles of 350 to 450 words, stored and waiting, until all are analyzed"
REACH = "≤ 1.6× the processor time of the analyzers alone"
RATIO_MAX = 1.6


def data():
    return pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data")) / "reuters21578"


def reuters():
    for file in sorted(data().glob("*.sgm.gz")):
        text = gzip.open(file).read().decode("latin-1")
        for article in re.findall(r"<REUTERS.*?</REUTERS>", text, re.S):
            title = re.search(r"<TITLE>(.*?)</TITLE>", article, re.S)
            body = re.search(r"<BODY>(.*?)</BODY>", article, re.S)
            if title and body and 350 <= len(body[1].split()) <= 450:
                yield readable(title[1]), readable(body[1])


def readable(text):
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", html.unescape(text)).strip()


def write_feeds(folder, articles):
    folder.mkdir(parents=True)
    for first in range(0, len(articles), FEED_ITEMS):
        host = f"reuters-{first // FEED_ITEMS}.test"
        items = "".join(
            f"<item><title>{escape(title)}</title><guid isPermaLink=\"false\">{first + i}</guid>"
            f"<link>https://{host}/{first + i}</link><description>{escape(html.escape(text))}</description></item>\n"
            for i, (title, text) in enumerate(articles[first:first + FEED_ITEMS]))
        (folder / f"reuters-{first // FEED_ITEMS}.rss").write_text(
            f"<rss version=\"2.0\"><channel><title>{host}</title><link>https://{host}/</link>\n{items}</channel></rss>\n")


def analyzers_alone(file):
    """Processor seconds of `tidings analyze`, JSON in to JSON out."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(file, "rb") as given:
        subprocess.run([TIDINGS, "analyze"], stdin=given, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def in_product(folder, origin, articles):
    """Seconds by the clock and of the processor, from the start of a server that finds them all waiting."""
    with installation(folder) as home:
        home.follow(origin)
        server = home.serve(options=("--roles", "fetch,serve"))
        wait_for_stored(server, articles)
        server.terminate()
        server = home.serve(options=("--roles", "process,serve"))
        begun, cpu = time.monotonic(), server.cpu_seconds()
        # Each article's analysis is an event too, which the consumer reads in turn.
        wait_until("all are analyzed", patience_s=600, pause_s=0.1, condition=lambda: server.metric(
            'consumer_events_total{consumer="analyze"}') >= 2 * articles)
        seconds, used = time.monotonic() - begun, server.cpu_seconds() - cpu
        server.terminate()
    return seconds, used


def analyze_product():
    if not data().is_dir():
        return not_measured("analyze_product", WHAT, REACH, f"no articles at {data()}")
    folder = work_folder()
    articles = list(reuters())
    write_feeds(folder / "feeds", articles)
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps({"id": i, "title": title, "text": text}) + "\n"
                            for i, (title, text) in enumerate(articles)))
    rates, ours, alone = [], [], []
    with publisher("--folder", folder / "feeds", "--no-gzip") as origin:
        for run in range(RUNS):  # in turns, so that a noisy neighbor meets both
            seconds, cpu = in_product(folder / f"ours-{run}", origin, len(articles))
            rates.append(len(articles) / seconds)
            ours.append(cpu / len(articles) * 1e6)
            alone.append(analyzers_alone(file) / len(articles) * 1e6)
    ratio = median([ours[run] / alone[run] for run in range(RUNS)])
    return Row(name="analyze_product", what=f"{len(articles):,} {WHAT}",
               measured=f"{median(rates):,.0f} articles/s ({median(ours):,.0f} µs of the processor each)",
               against=f"the analyzers alone, JSON in to JSON out, {median(alone):,.0f} µs", ratio=ratio, reach=REACH,
               ok=ratio <= RATIO_MAX, details={"articles_per_second": spread(rates, 0), "microseconds": spread(ours, 0),
                                               "analyzers_microseconds": spread(alone, 0)})
