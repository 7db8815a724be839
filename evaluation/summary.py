"""Summaries: ROUGE-1 and ROUGE-2 F1 (Lin 2004, without stemming) against extracts of the same length, mean over articles."""

import collections
import math
import re

from rows import Row, not_measured
from text_runs import DATA, lines, run

WHAT = "summary at the reference's length, 564 BBC articles, ROUGE-1 / ROUGE-2 F1"
REACH = "≥ 0.82 / 0.75"


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def rouge(found, wanted, n):
    grams = [collections.Counter(zip(*[text[i:] for i in range(n)])) for text in (found, wanted)]
    return 2 * sum((grams[0] & grams[1]).values()) / max(sum(map(lambda one: sum(one.values()), grams)), 1)


def scores(summaries, references):
    return [sum(rouge(words(a), words(b), n) for a, b in zip(summaries, references)) / len(references) for n in (1, 2)]


def fill(sentences, order, length):
    """The best sentences up to the length, in the article's order."""
    chosen, have = [], 0
    for i in order:
        if have >= length:
            break
        chosen.append(i)
        have += len(words(sentences[i]))
    return " ".join(sentences[i] for i in sorted(chosen))


def text_rank(sentences, rounds=30):
    """Mihalcea and Tarau 2004: words in common, here those of more than three letters, over the logarithms of the lengths."""
    bags = [{word for word in words(sentence) if len(word) > 3} for sentence in sentences]
    sizes = [math.log(len(words(sentence)) + 1) for sentence in sentences]
    count = len(sentences)
    weights = [[len(bags[i] & bags[j]) / (sizes[i] + sizes[j]) if i != j and sizes[i] + sizes[j] > 0 else 0
                for j in range(count)] for i in range(count)]
    sums = [sum(row) or 1 for row in weights]
    rank = [1.0] * count
    for _ in range(rounds):
        rank = [0.15 + 0.85 * sum(weights[j][i] * rank[j] / sums[j] for j in range(count)) for i in range(count)]
    return sorted(range(count), key=lambda i: -rank[i])


def summary():
    if not (DATA / "summaries").is_dir():
        return not_measured("summary", WHAT, REACH, f"no articles at {DATA}")
    articles = lines("summaries/bbc_dev.jsonl")
    # The references run their sentences together.
    references = [re.sub(r"([.!?\"])(?=[A-Z\"])", r"\1 ", article["summary"]) for article in articles]
    lengths = [len(reference.split()) for reference in references]
    ours = run("summary", [{"text": article["text"], "language": "en", "summary_words": length}
                           for article, length in zip(articles, lengths)])
    cut = run("sentences", [{"text": article["text"], "language": "en"} for article in articles])
    ranked = [fill(one, text_rank(one), length) for one, length in zip(cut, lengths)]
    first = [fill(one, range(len(one)), length) for one, length in zip(cut, lengths)]
    measured = scores([" ".join(one) for one in ours], references)
    peers = {"TextRank": scores(ranked, references), "the first sentences": scores(first, references)}
    return Row(name="summary", what=WHAT, measured=" / ".join(f"{value:.3f}" for value in measured),
               against="TextRank 0.80 / 0.735 (published); here " + "; ".join(f"{name} {a:.3f} / {b:.3f}" for name, (a, b) in peers.items()),
               ratio=min(measured[0] / 0.82, measured[1] / 0.75), reach=REACH,
               ok=measured[0] >= 0.82 and measured[1] >= 0.75)


ROWS = {"summary": summary}
