"""readability-lxml over the pages of an extraction set: extraction_peer.py FOLDER; prints one JSON line.

Runs under the system's Python, which is where Debian's python3-readability is. CPU time of what it takes to get the article's
HTML out of a page; the words of that HTML are scored as bench/extraction/word_score.h does it.
"""

import collections
import gzip
import json
import logging
import pathlib
import re
import sys
import time

import lxml.html
import readability

WORD = re.compile(r"\w+")


def f1(found, expected):
    found, expected = collections.Counter(found), collections.Counter(expected)
    common = sum((found & expected).values())
    if common == 0:
        return 1.0 if not found and not expected else 0.0
    precision, recall = common / sum(found.values()), common / sum(expected.values())
    return 2 * precision * recall / (precision + recall)


def words(text):
    return WORD.findall(text.lower())


def text_of(html):
    try:
        return " ".join(lxml.html.document_fromstring(html).itertext())
    except (lxml.etree.ParserError, ValueError):
        return ""


def main():
    logging.disable(logging.CRITICAL)
    folder = pathlib.Path(sys.argv[1])
    articles = json.loads((folder / "articles.json").read_text())
    scores, titles, seconds, size = [], 0, 0.0, 0
    for name, expected in articles.items():
        page = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        size += len(page)
        begin = time.process_time()
        try:
            document = readability.Document(page)
            html, title = document.summary(), document.short_title()
        except Exception:  # whatever it raises on a page is that page's result
            html, title = "", ""
        seconds += time.process_time() - begin
        scores.append(f1(words(text_of(html)), words(expected["articleBody"])))
        titles += words(title) == words(expected["title"])
    print(json.dumps({"pages": len(scores), "f1": sum(scores) / len(scores), "titles_equal": titles / len(scores),
                      "seconds": seconds, "mb_per_second": size / 1e6 / seconds}))


if __name__ == "__main__":
    main()
