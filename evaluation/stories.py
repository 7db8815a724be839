"""Stories: streams of short texts whose stories are known, in their order, through `tidings stories`."""

import collections
import csv
import json
import math
import re
import subprocess

import reuters
from grouping import ami, bcubed_f1
from rows import Row, not_measured
from text_runs import DATA, TREE, lines, stems

PROGRAM = TREE / "build" / "release" / "src" / "app" / "tidings"


def headlines():
    with open(DATA / "stories" / "headline_stream_dev.csv", encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            yield {"title": row["TITLE"], "published": int(row["TIMESTAMP"]), "publisher": row["PUBLISHER"]}, row["STORY"]


def snippets():
    for line in lines("stories/gn_title_snippet.jsonl"):
        yield {"title": line["text"], "language": "en"}, line["cluster"]


def ours(articles):
    given = "\n".join(json.dumps({"id": number, **article}) for number, article in enumerate(articles))
    done = subprocess.run([PROGRAM, "stories"], input=given, capture_output=True, text=True, check=True)
    return [json.loads(line)["story"] for line in done.stdout.splitlines()]


def single_pass(texts, threshold):
    """The peer: each text joins the centroid it is nearest to by TF-IDF with growing frequencies, or opens one."""
    frequencies, postings, stories, found = collections.Counter(), collections.defaultdict(set), [], []
    for count, words in enumerate(texts, 1):
        amounts = collections.Counter(words)
        frequencies.update(amounts.keys())
        vector = {word: (1 + math.log(n)) * math.log(1 + count / frequencies[word]) for word, n in amounts.items()}
        norm = math.sqrt(sum(weight * weight for weight in vector.values())) or 1
        best, most = None, threshold
        for story in set().union(*(postings[word] for word in vector)):
            sums, length = stories[story]
            near = sum(weight * sums.get(word, 0) for word, weight in vector.items()) / (norm * length)
            if near >= most:
                best, most = story, near
        if best is None:
            best = len(stories)
            stories.append(({}, 1))
        sums, _ = stories[best]
        for word, weight in vector.items():
            sums[word] = sums.get(word, 0) + weight / norm
            postings[word].add(best)
        stories[best] = (sums, math.sqrt(sum(weight * weight for weight in sums.values())) or 1)
        found.append(best)
    return found


def row(name, what, reach, pairs, threshold):
    articles, labels = zip(*pairs)
    found = ours(articles)
    measured = bcubed_f1(labels, found), ami(labels, found)
    words = [re.findall(r"\S+", text) for text in stems([article["title"] for article in articles])]
    peer = single_pass(words, threshold)
    against = bcubed_f1(labels, peer), ami(labels, peer)
    return Row(name=name, what=what, measured=f"{measured[0]:.3f} / {measured[1]:.3f}",
               against=f"single-pass TF-IDF {against[0]:.3f} / {against[1]:.3f}", ratio=measured[0] / against[0],
               reach=f"≥ {reach[0]} / {reach[1]}", ok=measured[0] >= reach[0] and measured[1] >= reach[1])


def measured_row(name, what, reach, pairs, threshold):
    if not (DATA / "stories").is_dir():
        return not_measured(name, what, f"≥ {reach[0]} / {reach[1]}", f"no streams at {DATA}")
    return row(name, what, reach, list(pairs()), threshold)


COST = "from analyzed article to story among 50,000 live ones (Reuters' articles in many disguises), cutting up its text included, one core; memory of grouping"
COST_REACH = "≥ 5,000 articles/s, ≤ 100 MB"
LIVE = 50_000


def cost():
    if not (DATA / "reuters21578").is_dir():
        return not_measured("stories_cost", COST, COST_REACH, f"no articles at {DATA}")
    given = "\n".join(json.dumps({"title": title, "text": body}) for title, body in reuters.articles())
    done = subprocess.run([TREE / "build" / "release" / "evaluation" / "grouping_cost", str(LIVE)], input=given, capture_output=True,
                          text=True, check=True)
    found = json.loads(done.stdout)
    each = 1e6 * found["seconds"] / found["articles"], 1e6 * found["segment_seconds"] / found["articles"]
    rate, megabytes = 1e6 / sum(each), found["bytes"] / 1e6
    return Row(name="stories_cost", what=COST, measured=f"{rate:,.0f} articles/s (µs each: grouping {each[0]:.0f}, words {each[1]:.0f}), {megabytes:.0f} MB ({found['kept_bytes'] / 1e6:.0f} in a checkpoint) at "
                                                   f"{found['live']:,} stories of {found['added'] / found['live']:.1f} articles",
               against="no peer", ratio=rate / 5000, reach=COST_REACH, ok=rate >= 5000 and megabytes <= 100 and found["live"] >= LIVE)


# The peer's thresholds are the best of 0.05, 0.1, … on each set.
ROWS = {
    "stories_cost": cost,
    "stories_headlines": lambda: measured_row(
        "stories_headlines", "stories of 2,542 headlines in the order of the stream, BCubed F1 / AMI", (0.91, 0.93), headlines, 0.1),
    "stories_snippets": lambda: measured_row(
        "stories_snippets", "stories of 11,109 titles with snippets (Google News, stems), likewise", (0.90, 0.95), snippets, 0.15),
}
