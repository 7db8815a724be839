"""Keyphrases: F1 of the first ten against those that readers gave, compared by their stems, mean over documents."""

import collections
import math

from rows import Row, not_measured
from text_runs import DATA, lines, run, stems

WHAT = "keyphrases of 100 news articles (500N-KPCrowd), F1 of the first ten by stems"
REACH = "≥ 18.5"
SETS = {"500N-KPCrowd": "500N-KPCrowd-v1.1", "Inspec": "Inspec", "SemEval 2010": "SemEval2010"}
COUNT = 10


def stemmed(lists):
    flat = iter(stems([phrase for phrases in lists for phrase in phrases]))
    return [[next(flat) for _ in phrases] for phrases in lists]


def f1(found, wanted):
    found, wanted = set(found[:COUNT]), set(wanted)
    return 2 * len(found & wanted) / (len(found) + len(wanted)) if found else 0.0


def mean_f1(found, wanted):
    return 100 * sum(map(f1, found, wanted)) / len(wanted)


def tf_idf(texts):
    """The peer: n-grams of up to three stems by frequency and rarity in the set itself."""
    counts = []
    for text in stems(texts):
        words = text.split()
        counts.append(collections.Counter(" ".join(words[i:i + n]) for n in (1, 2, 3)
                                          for i in range(len(words) - n + 1)))
    rarity = collections.Counter(phrase for count in counts for phrase in count)
    score = [{phrase: times * math.log(len(texts) / rarity[phrase]) for phrase, times in count.items()}
             for count in counts]
    return [sorted(one, key=one.get, reverse=True)[:COUNT] for one in score]


def measure(file):
    documents = lines(f"keyphrases/{file}.jsonl")
    texts = [document["text"] for document in documents]
    wanted = stemmed([document["keys"] for document in documents])
    found = stemmed(run("keyphrases", [{"text": text, "language": "en"} for text in texts]))
    return texts, wanted, mean_f1(found, wanted)


def keyphrases():
    if not (DATA / "keyphrases").is_dir():
        return not_measured("keyphrases", WHAT, REACH, f"no sets at {DATA}")
    measured = {name: measure(file) for name, file in SETS.items()}
    texts, wanted, ours = measured["500N-KPCrowd"]
    peer = mean_f1(tf_idf(texts), wanted)
    return Row(name="keyphrases", what=WHAT, measured=f"{ours:.1f}",
               against=f"TF-IDF of n-grams {peer:.1f} (here), 17.0 (published); TextRank 4.8 (published)",
               ratio=ours / 18.5, reach=REACH, ok=ours >= 18.5,
               details={name: round(result[2], 2) for name, result in measured.items()})


ROWS = {"keyphrases": keyphrases}
