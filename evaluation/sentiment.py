"""How near the sentiment comes to people's: tone against the mean of 20 raters, sentiment toward targets in news.

The layers are trained on these sets, so what is measured are layers that have not seen the tenth that they are asked about
(tidings_validate_sentiment; targets of one article, and sentences of one product review, stay together). VADER, from npm,
scores the same lines in the same run; its label of a target is that of the sentence, as it knows no targets.
"""

import functools
import json
import math
import os
import pathlib
import subprocess

import rows

TREE = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data"))
PACKAGES = TREE / "build" / "evaluation" / "sentiment"
VADER = "vader-sentiment@1.1.3"
VADER_NEUTRAL_BELOW = 0.05  # as its authors advise

SCORE_LINES = """
const { SentimentIntensityAnalyzer } = require("vader-sentiment");
const lines = require("node:fs").readFileSync(0, "utf8").split("\\n");
for (const line of lines) console.log(SentimentIntensityAnalyzer.polarity_scores(line).compound);
"""


@functools.cache
def validated():
    program = TREE / "build" / "release" / "training" / "sentiment" / "tidings_validate_sentiment"
    return json.loads(subprocess.run([program, DATA], capture_output=True, text=True, check=True).stdout)


def vader(texts):
    """Its compound score of each text; None where npm has no package to give."""
    if not (PACKAGES / "node_modules" / "vader-sentiment").exists():
        PACKAGES.mkdir(parents=True, exist_ok=True)
        (PACKAGES / "package.json").write_text('{"private": true}')
        got = subprocess.run(["npm", "install", "--silent", "--ignore-scripts", VADER], cwd=PACKAGES, check=False)
        if got.returncode != 0:
            return None
    given = "\n".join(" ".join(text.split()) for text in texts)
    done = subprocess.run(["node", "-e", SCORE_LINES], cwd=PACKAGES, input=given, capture_output=True, text=True,
                          check=True)
    return [float(line) for line in done.stdout.split()]


def pearson(xs, ys):
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys))
    return covariance / math.sqrt(sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys))


def macro_f1(gold, given):
    def f1(label):
        hit = sum(a == b == label for a, b in zip(gold, given))
        return 2 * hit / max(1, gold.count(label) + given.count(label))
    return sum(map(f1, (-1, 0, 1))) / 3


def rated(name, what, file, reach):
    path = DATA / "sentiment" / f"{file}_GroundTruth.txt"
    if not path.exists():
        return rows.not_measured(name, what, f"≥ {reach}", f"{path.name} is not there")
    lines = [line.split("\t", 2) for line in path.read_text(errors="replace").splitlines() if line.count("\t") >= 2]
    peer = vader([text for _, _, text in lines])
    peer_r = pearson([float(mean) for _, mean, _ in lines], peer) if peer else None
    ours = validated()
    r = ours[f"{file}_folds"]
    return rows.Row(name=name, what=what, measured=f"r = {r:.3f}",
                    against="VADER not to be had" if peer_r is None else f"VADER r = {peer_r:.3f}",
                    ratio=None if peer_r is None else r / peer_r, reach=f"≥ {reach}", ok=r >= reach,
                    details={"lexicon sums alone": ours[f"{file}_sums_alone"],
                             "trained on the other sets only": ours[f"{file}_from_other_sets"], "texts": len(lines)})


def tweets():
    return rated("sentiment_tweets", "tone of tweets, Pearson r with 20 raters, 10-fold", "tweets", 0.87)


def amazon():
    return rated("sentiment_amazon", "tone of sentences of product reviews, likewise, 10-fold by review",
                 "amazonReviewSnippets", 0.62)


def movies():
    return rated("sentiment_movies", "tone of movie-review snippets, likewise, 10-fold", "movieReviewSnippets", 0.50)


def vader_targets(path):
    sentences = [json.loads(line) for line in path.read_text().splitlines() if line]
    scores = vader([sentence["sentence_normalized"] for sentence in sentences])
    if scores is None:
        return None
    gold, given = [], []
    for sentence, score in zip(sentences, scores):
        label = 0 if abs(score) < VADER_NEUTRAL_BELOW else int(math.copysign(1, score))
        for target in sentence["targets"]:
            gold.append(int(target["polarity"] - 4) // 2)
            given.append(label)
    return macro_f1(gold, given)


def targets():
    name, what = "target_sentiment", "sentiment toward targets in news (NewsMTSC), macro F1, 10-fold by article"
    path = DATA / "sentiment" / "newsmtsc_train.jsonl"
    if not path.exists():
        return rows.not_measured(name, what, "≥ 0.64", f"{path.name} is not there")
    peer = vader_targets(path)
    ours = validated()
    f1 = ours["target_folds"]
    return rows.Row(name=name, what=what, measured=f"F1 = {f1:.3f}",
                    against="VADER not to be had" if peer is None else f"VADER of the sentence F1 = {peer:.3f}",
                    ratio=None if peer is None else f1 / peer, reach="≥ 0.64", ok=f1 >= 0.64,
                    details={"lexicon sums alone": ours["target_sums_alone"]})


ROWS = {"sentiment_tweets": tweets, "sentiment_amazon": amazon, "sentiment_movies": movies, "target_sentiment": targets}
