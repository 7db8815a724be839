"""Makes standing queries and articles to match: standing.py COUNT CORPUS writes CORPUS/standing-COUNT.tsv, CORPUS/articles.txt.

Queries, one a line: two or three +words or a phrase in quotes, a quarter of them with a -word that must not be there. Words are
drawn by document-frequency band (BANDS), evenly within a band; how many are of the most frequent one is chosen such that an
article matches about 40 of 100,000 queries. Articles are documents of 350 to 450 words, one a line, none of them empty.
"""

import argparse
import collections
import pathlib
import random

SEED = 100_000
BANDS = ((0.01, 0.05), (0.001, 0.01), (0.0001, 0.001))  # shares of the corpus' documents that have the word
PHRASE_BAND = (0.0001, 0.0005)
READ = 90_000  # documents that frequencies and articles are taken from
ARTICLES = 2_000
MATCHES_SHARE = 40 / 100_000
CALIBRATED_ON, CALIBRATION_STEPS = 20_000, 12
TWO_WORDS, THREE_WORDS = 0.6, 0.2  # the rest are phrases
NOT_SHARE = 0.25


def read(corpus):
    with (corpus / "corpus.txt").open() as lines:
        return [line.split() for _, line in zip(range(READ), lines)]


def articles_of(documents):
    """Those of the right length; where they are too few, others put together."""
    fitting = [document for document in documents if 350 <= len(document) <= 450][:ARTICLES]
    dice = random.Random(SEED)
    while len(fitting) < ARTICLES:
        article = []
        while len(article) < 350:
            article += dice.choice(documents)
        fitting.append(article[:450])
    return fitting


def pairs_of(document):
    return zip(document, document[1:])


def within(counts, documents, band):
    low, high = (share * len(documents) for share in band)
    return sorted(key for key, count in counts.items() if low < count <= high)


class Vocabulary:
    def __init__(self, documents):
        words, pairs = collections.Counter(), collections.Counter()
        for document in documents:
            words.update(set(document))
            pairs.update(set(pairs_of(document)))
        self.bands = [within(words, documents, band) for band in BANDS]
        self.phrases = within(pairs, documents, PHRASE_BAND)

    def word(self, dice, frequent_share):
        band = 0 if dice.random() < frequent_share else dice.choice((1, 2))
        return dice.choice(self.bands[band])

    def words(self, dice, frequent_share, count):
        drawn = []
        while len(drawn) < count:
            word = self.word(dice, frequent_share)
            if word not in drawn:
                drawn.append(word)
        return drawn


def queries(vocabulary, count, frequent_share):
    """As (words that must be there, or one pair of neighbors; words that must not)."""
    dice = random.Random(SEED)
    for _ in range(count):
        kind = dice.random()
        if kind < TWO_WORDS + THREE_WORDS:
            wanted = 2 if kind < TWO_WORDS else 3
            must = vocabulary.words(dice, frequent_share, wanted)
        else:
            must = [dice.choice(vocabulary.phrases)]
        refused = [dice.choice(vocabulary.bands[0])] if dice.random() < NOT_SHARE else []
        yield must, [word for word in refused if word not in must]


class Inverted:
    """Which articles have a word or a pair."""

    def __init__(self, articles):
        self.having = collections.defaultdict(set)
        for number, article in enumerate(articles):
            for key in (*article, *pairs_of(article)):
                self.having[key].add(number)
        self.count = len(articles)

    def matching(self, query):
        must, refused = query
        found = set.intersection(*(self.having.get(key, set()) for key in must))
        return found.difference(*(self.having.get(key, set()) for key in refused))

    def share(self, asked):
        """The mean share of the queries that an article matches."""
        sizes = [len(self.matching(query)) for query in asked]
        return sum(sizes) / len(sizes) / self.count


def calibrated(vocabulary, inverted):
    low, high = 0.0, 1.0
    for _ in range(CALIBRATION_STEPS):
        middle = (low + high) / 2
        share = inverted.share(list(queries(vocabulary, CALIBRATED_ON, middle)))
        low, high = (middle, high) if share < MATCHES_SHARE else (low, middle)
    return (low + high) / 2


def written(query):
    must, refused = query
    words = [f'"{key[0]} {key[1]}"' if isinstance(key, tuple) else f"+{key}" for key in must]
    return " ".join([*words, *(f"-{word}" for word in refused)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("corpus", type=pathlib.Path)
    options = parser.parse_args()
    documents = read(options.corpus)
    articles = articles_of(documents)
    vocabulary, inverted = Vocabulary(documents), Inverted(articles)
    made = list(queries(vocabulary, options.count, calibrated(vocabulary, inverted)))
    (options.corpus / "articles.txt").write_text("".join(" ".join(article) + "\n" for article in articles))
    (options.corpus / f"standing-{options.count}.tsv").write_text("".join(written(query) + "\n" for query in made))
    print(f"an article matches {inverted.share(made) * options.count:.1f} of {options.count}")


if __name__ == "__main__":
    main()
