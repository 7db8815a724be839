"""Draws queries from a corpus: queries.py FOLDER [--data DATA] writes FOLDER/queries.tsv.

A query a line: class, query, filter (or nothing), parted by tabs. Words parted by blanks are OR, +words all must be there, words
in quotes stand beside each other. `newest` classes want the latest ten, all others the ten best. A filter is one of

language=TAG   source=NUMBER   time=FROM..UNTIL (Unix seconds, FROM included)

Every query has at least ten matches. Classes are drawn in equal parts from words in many, some and few documents (see BANDS);
two words come from one document; `title_or` are whole titles; `game` are the queries of DATA/queries that match often enough.
"""

import argparse
import array
import collections
import functools
import itertools
import json
import pathlib
import random

import corpus

SEED = 8086
PER_CLASS = 240
MATCHES_MIN = 10
BANDS = ((0.02, 1.0), (0.001, 0.02), (0.0, 0.001))  # shares of the documents: high, middle, low
TITLE_WORDS_MAX = 12


class Index:
    """Which documents have a word, and which have two words beside each other."""

    def __init__(self, lines):
        self.documents = [line.split() for line in lines]
        self.postings = collections.defaultdict(lambda: array.array("I"))
        for number, document in enumerate(self.documents):
            for word in set(document):
                self.postings[word].append(number)

    @functools.lru_cache(1000)
    def having(self, word):
        return frozenset(self.postings.get(word, ()))

    def phrase(self, words):
        if len(words) == 1:
            return self.having(words[0])
        rarest = sorted(words, key=lambda word: len(self.postings.get(word, ())))
        found = functools.reduce(frozenset.intersection, map(self.having, rarest))
        looked_for = f" {' '.join(words)} "
        return {number for number in found if looked_for in f" {' '.join(self.documents[number])} "}

    def matches(self, query):
        if query.startswith('"'):
            return self.phrase(tuple(query.strip('"').split()))
        words = query.split()
        must = [self.having(word[1:]) for word in words if word.startswith("+")]
        if must:
            return functools.reduce(frozenset.intersection, sorted(must, key=len))
        return frozenset.union(*map(self.having, words))

    def often_enough(self, query):
        return len(self.matches(query)) >= MATCHES_MIN


def banded(frequencies, documents):
    """The keys by band, each band in a fixed order."""
    bands = [[], [], []]
    for key in sorted(frequencies):
        if frequencies[key] >= MATCHES_MIN:
            share = frequencies[key] / documents
            bands[next(number for number, (low, high) in enumerate(BANDS) if low < share <= high)].append(key)
    return bands


def gather(draw, accept, count):
    """That many different queries that are accepted; `draw` gives one for a number."""
    found = {}
    for number in itertools.count():
        if len(found) == count or number > 200 * count:
            return list(found)
        query = draw(number)
        if query and query not in found and accept(query):
            found[query] = True


def two_words(index, bands, dice, form):
    """Of one document, each pair of bands in its turn."""
    band_of = {word: number for number, words in enumerate(bands) for word in words}
    pairs = list(itertools.combinations_with_replacement(range(len(bands)), 2))

    def draw(number):
        present = collections.defaultdict(set)
        for word in dice.choice(index.documents):
            present[band_of.get(word)].add(word)
        first, second = (sorted(present[band]) for band in pairs[number % len(pairs)])
        if not first or not second:
            return None
        chosen = (dice.choice(first), dice.choice(second))
        return form.format(*chosen) if chosen[0] != chosen[1] else None

    return gather(draw, index.often_enough, PER_CLASS)


def phrases(index, dice):
    frequencies = collections.Counter()
    for document in index.documents:
        frequencies.update(set(zip(document, document[1:])))
    bands = [band for band in banded(frequencies, len(index.documents)) if band]
    return gather(lambda number: '"{} {}"'.format(*dice.choice(bands[number % len(bands)])), index.often_enough, PER_CLASS)


def titles(index, dice, lengths):
    def draw(_):
        number = dice.randrange(len(index.documents))
        words = list(dict.fromkeys(index.documents[number][:lengths[number]]))
        return " ".join(words) if 3 <= len(words) <= TITLE_WORDS_MAX else None

    return gather(draw, index.often_enough, PER_CLASS)


def terms(bands, dice):
    return gather(lambda number: dice.choice(bands[number % len(bands)]), bool, PER_CLASS)


def passes(row, wanted):
    name, _, value = wanted.partition("=")
    if name == "time":
        since, until = map(int, value.split(".."))
        return since <= int(row[0]) < until
    return row[{"source": 1, "language": 3}[name]] == value


def draw_filter(dice, number, rows):
    if number % 3 == 0:
        return f"language={dice.choice(corpus.LANGUAGES[:4])}"
    if number % 3 == 1:
        return f"source={dice.choice(rows)[1]}"
    day = dice.randrange(330)
    return f"time={corpus.START + 86400 * day}..{corpus.START + 86400 * (day + dice.randint(3, 35))}"


def filtered(index, bands, dice, rows):
    """Words with filters, as `word TAB filter`."""
    def draw(number):
        return f"{dice.choice(bands[number // 3 % len(bands)])}\t{draw_filter(dice, number, rows)}"

    def accept(query):
        word, wanted = query.split("\t")
        return sum(passes(rows[number], wanted) for number in index.postings[word]) >= MATCHES_MIN

    return gather(draw, accept, PER_CLASS)


def game(index, data):
    for line in (data / "queries" / "search_queries.txt").open():
        query = json.loads(line)["query"].lower()
        if all(word.isascii() and word.strip('+"').isalnum() for word in query.split()) and index.often_enough(query):
            yield query


def classes(index, rows, data):
    bands = banded({word: len(found) for word, found in index.postings.items()}, len(index.documents))
    dice = random.Random(SEED)
    yield "term", terms(bands, dice)
    yield "and2", two_words(index, bands, dice, "+{} +{}")
    yield "or2", two_words(index, bands, dice, "{} {}")
    yield "phrase2", phrases(index, dice)
    yield "title_or", titles(index, dice, [int(row[8]) for row in rows])
    yield "newest", terms(bands, dice)
    yield "newest_filtered", filtered(index, bands, dice, rows)
    yield "game", list(game(index, data))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, default=corpus.data_folder())
    options = parser.parse_args()
    rows = [line.rstrip("\n").split("\t") for line in (options.folder / "meta.tsv").open()]
    index = Index((options.folder / "corpus.txt").open())
    with (options.folder / "queries.tsv").open("w") as written:
        for name, queries in classes(index, rows, options.data):
            for query in queries:
                written.write(f"{name}\t{query if chr(9) in query else query + chr(9)}\n")


if __name__ == "__main__":
    main()
