"""What an analysis and a place in a story cost in the product, from the database and back, against the analyzers alone in the same run."""

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
from setup import TIDINGS, TREE, installation, publisher, wait_for_grouped, wait_for_stored, work_folder

RUNS = 3
FEED_ITEMS = 50
WHAT = "Reuters articles of 350 to 450 words, stored and waiting, until all are analyzed and in stories"
REACH = "≤ 2× the processor time of the analyzers alone"
RATIO_MAX = 2
REBUILD = "Reuters articles of 20 words or more, stored and analyzed, until their stories are made anew: `tidings stories rebuild`"
REBUILD_REACH = "≤ 0.75× the processor time of analyzing and grouping them"
REBUILD_RATIO_MAX = 0.75


def data():
    return pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data")) / "reuters21578"


def reuters(words_least, words_most):
    for file in sorted(data().glob("*.sgm.gz")):
        text = gzip.open(file).read().decode("latin-1")
        for article in re.findall(r"<REUTERS.*?</REUTERS>", text, re.S):
            title = re.search(r"<TITLE>(.*?)</TITLE>", article, re.S)
            body = re.search(r"<BODY>(.*?)</BODY>", article, re.S)
            if title and body and words_least <= len(body[1].split()) <= words_most:
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


def write_lines(file, articles):
    file.write_text("".join(json.dumps({"id": i, "title": title, "text": text}) + "\n" for i, (title, text) in enumerate(articles)))


def processor_seconds(command, given=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def analyzers_alone(file):
    """Processor seconds of `tidings analyze`, JSON in to JSON out."""
    with open(file, "rb") as given:
        return processor_seconds([TIDINGS, "analyze"], given)


def grouped(home, origin, articles):
    """Seconds by the clock and of the processor, from the start of a server that finds all articles waiting until they have a story."""
    home.follow(origin)
    server = home.serve(options=("--roles", "fetch,serve"))
    wait_for_stored(server, articles)
    server.terminate()
    server = home.serve(options=("--roles", "process,serve"))
    begun, cpu = time.monotonic(), server.cpu_seconds()
    wait_for_grouped(server, articles)
    seconds, used = time.monotonic() - begun, server.cpu_seconds() - cpu
    server.terminate()
    return seconds, used


def made_anew(home):
    """Likewise for their stories, made anew."""
    begun = time.monotonic()
    used = processor_seconds(home.command("stories", "rebuild"))
    return time.monotonic() - begun, used


def row(name, what, reach, ratio_max, articles, measured, peer, peer_seconds):
    rates = [articles / seconds for seconds, _ in measured]
    ours = [cpu / articles * 1e6 for _, cpu in measured]
    against = [seconds / articles * 1e6 for seconds in peer_seconds]
    ratio = median([each / other for each, other in zip(ours, against)])
    return Row(name=name, what=f"{articles:,} {what}", measured=f"{median(rates):,.0f} articles/s ({median(ours):,.0f} µs of the processor each)",
               against=f"{peer}, {median(against):,.0f} µs", ratio=ratio, reach=reach, ok=ratio <= ratio_max,
               details={"articles_per_second": spread(rates, 0), "microseconds": spread(ours, 0), "against_microseconds": spread(against, 0)})


def analyze_product():
    if not data().is_dir():
        return not_measured("analyze_product", WHAT, REACH, f"no articles at {data()}")
    folder = work_folder()
    articles = list(reuters(350, 450))
    write_feeds(folder / "feeds", articles)
    write_lines(folder / "articles.jsonl", articles)
    product, alone = [], []
    with publisher("--folder", folder / "feeds", "--no-gzip") as origin:
        for run in range(RUNS):  # in turns, so that a noisy neighbor meets both
            with installation(folder / f"ours-{run}") as home:
                product.append(grouped(home, origin, len(articles)))
            alone.append(analyzers_alone(folder / "articles.jsonl"))
    return row("analyze_product", WHAT, REACH, RATIO_MAX, len(articles), product, "the analyzers alone, JSON in to JSON out", alone)


def stories_rebuild():
    if not data().is_dir():
        return not_measured("stories_rebuild", REBUILD, REBUILD_REACH, f"no articles at {data()}")
    folder = work_folder()
    articles = list(reuters(20, 100_000))
    write_feeds(folder / "feeds", articles)
    came, anew = [], []
    with publisher("--folder", folder / "feeds", "--no-gzip") as origin:
        for run in range(RUNS):
            with installation(folder / f"ours-{run}") as home:
                came.append(grouped(home, origin, len(articles))[1])
                anew.append(made_anew(home))
    return row("stories_rebuild", REBUILD, REBUILD_REACH, REBUILD_RATIO_MAX, len(articles), anew, "analyzed and grouped as they came", came)
