"""Makes a corpus to search: corpus.py DOCUMENTS FOLDER [--data DATA].

First the real texts of DATA in a random order, then others whose sentences are drawn from three of them. The order is that of
arrival, and a smaller corpus is the beginning of a larger one. FOLDER gets

corpus.txt   one document a line: lower-case words parted by blanks; the document's number is the line's, from 0
meta.tsv     a line a document: time (Unix seconds, rising, over a year), source, publisher, language, country, topics (parted
             by commas, may be empty), tone (-1 to 1), story, title_words (how many of the words are the title)

What meta.tsv says beyond topics and country is drawn, with the skew that such columns have.
"""

import argparse
import bisect
import itertools
import os
import pathlib
import random

import texts

SEED = 21578
START = 1767225600  # 2026-01-01T00:00:00Z
HOURS = 365 * 24
CHUNK_WORDS = 8  # texts without sentences are mixed in pieces of this length
LANGUAGES = "en de fr es it pt nl pl ru zh".split()
COUNTRIES = "usa uk japan canada france west_germany brazil australia china italy".split()
SOURCES, STORIES_SHARE = 1000, 0.4


class Skewed:
    """Draws values whose frequencies fall like 1/rank."""

    def __init__(self, values, exponent=1.0):
        self.values = values
        self.sums = list(itertools.accumulate(1 / (rank + 1) ** exponent for rank in range(len(values))))

    def draw(self, dice):
        return self.values[bisect.bisect(self.sums, dice.random() * self.sums[-1])]


def chunks(sentence):
    cut = sentence.split(" ")
    return [" ".join(cut[at:at + CHUNK_WORDS]) for at in range(0, len(cut), CHUNK_WORDS)]


def pieces(text):
    if len(text.sentences) > 1:
        return text.sentences
    return [piece for sentence in text.sentences for piece in chunks(sentence)]


def originals(data):
    gathered = list(texts.news(data))
    random.Random(SEED).shuffle(gathered)
    return gathered


def mixed(real, dice):
    """Endlessly: the title and length of one text, sentences of three."""
    cut = [pieces(text) for text in real]
    while True:
        first, *others = (dice.randrange(len(real)) for _ in range(3))
        own = cut[first]
        drawn = [dice.choice(cut[dice.choice((first, first, *others))] or own) for _ in own]
        yield texts.Text(real[first].title, drawn, real[first].topics, real[first].country)


def documents(data):
    real = originals(data)
    yield from real
    yield from mixed(real, random.Random(SEED + 1))


def times(count):
    """Rising, by an hour-of-day profile and quieter weekends."""
    day = [1 + (2.0 if 6 <= hour < 19 else 0.5 if hour < 23 else 0) for hour in range(24)]
    hours = [day[hour % 24] * (0.5 if hour // 24 % 7 in (2, 3) else 1) for hour in range(HOURS)]
    sums = list(itertools.accumulate(hours))
    for at in range(count):
        place = (at + 0.5) / count * sums[-1]
        hour = bisect.bisect(sums, place)
        yield START + 3600 * hour + min(3599, int(3600 * (1 - (sums[hour] - place) / hours[hour])))


def title_words(text, dice):
    count = len(text.title.split())
    return count or min(dice.randint(6, 12), sum(len(sentence.split()) for sentence in text.sentences))


def write(count, data, folder):
    # Columns have dice of their own for each document: a larger corpus begins like a smaller one.
    sources, languages, countries = Skewed(range(SOURCES)), Skewed(LANGUAGES, 2), Skewed(COUNTRIES)
    with (folder / "corpus.txt").open("w") as corpus, (folder / "meta.tsv").open("w") as meta:
        for number, (text, time) in enumerate(zip(documents(data), times(count))):
            dice = random.Random(number)
            corpus.write(" ".join(filter(None, [text.title, *text.sentences])) + "\n")
            source = sources.draw(dice)
            story = int(number * STORIES_SHARE) - min(int(dice.expovariate(0.01)), int(number * STORIES_SHARE))
            tone = max(-1.0, min(1.0, dice.gauss(-0.05, 0.35)))
            row = (time, source, source // 3, languages.draw(dice), text.country or countries.draw(dice),
                   ",".join(text.topics), f"{tone:.2f}", story, title_words(text, dice))
            meta.write("\t".join(map(str, row)) + "\n")


def data_folder():
    tree = pathlib.Path(__file__).resolve().parents[2]
    return pathlib.Path(os.environ.get("TIDINGS_DATA", tree.parent / "shared" / "data"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, default=data_folder())
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    write(options.documents, options.data, options.folder)


if __name__ == "__main__":
    main()
