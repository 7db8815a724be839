"""The English news texts of a data folder, cut into lower-case words: a title, sentences and topics each."""

import csv
import dataclasses
import gzip
import html
import json
import re
import xml.etree.ElementTree

WORD = re.compile(r"[a-z0-9]+")
ARTICLE = re.compile(r"<REUTERS.*?</REUTERS>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


@dataclasses.dataclass
class Text:
    title: str  # words parted by blanks, as are the sentences
    sentences: list
    topics: list
    country: str = ""


def words(text):
    return " ".join(WORD.findall(text.lower()))


def sentences(text):
    return [cut for cut in map(words, re.split(r"\.\s+|\n\n+", text)) if cut]


def between(article, tag):
    found = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", article, re.DOTALL)
    return html.unescape(found.group(1)) if found else ""


def reuters(folder):
    for file in sorted((folder / "reuters21578").glob("*.sgm.gz")):
        for article in ARTICLE.findall(gzip.open(file, "rt", encoding="latin-1").read()):
            topics = re.findall(r"<D>(.*?)</D>", between(article, "TOPICS"))
            places = re.findall(r"<D>(.*?)</D>", between(article, "PLACES"))
            body = between(article, "BODY")
            if not body and 'TYPE="UNPROC"' in article:
                body = TAG.sub(" ", between(article, "TEXT"))
            yield Text(words(between(article, "TITLE")), sentences(body), topics, places[0] if places else "")


def huffpost(folder):
    for line in (folder / "categories" / "huffpost_10k.jsonl").open():
        entry = json.loads(line)
        yield Text(words(entry["headline"]), sentences(entry["short_description"]), [words(entry["category"])])


def bbc(folder):
    seen = set()
    for part in ("categories", "summaries"):
        for line in (folder / part / "bbc_dev.jsonl").open():
            entry = json.loads(line)
            title, _, body = entry["text"].partition("\n")
            if entry["text"] not in seen:
                seen.add(entry["text"])
                yield Text(words(title), sentences(body), [entry["category"]])


def pages(folder):
    for entry in json.loads((folder / "extraction" / "articles.json").read_text()).values():
        yield Text(words(entry["title"]), sentences(entry["articleBody"]), [])


def local_news(folder):
    for name in ("lgl.xml", "TR-News.xml"):
        for entry in xml.etree.ElementTree.parse(folder / "geo" / name).iter("article"):
            yield Text(words(entry.findtext("title", "")), sentences(entry.findtext("text", "")), [])


def snippets(folder):
    for line in (folder / "categories" / "ag_train_8000.tsv").open():
        number, _, text = line.partition("\t")
        yield Text("", [words(text)], [f"ag{number}"])
    for line in (folder / "stories" / "gn_title_snippet.jsonl").open():
        yield Text("", [words(json.loads(line)["text"])], [])
    with (folder / "stories" / "headline_stream_dev.csv").open(newline="") as stream:
        for entry in csv.DictReader(stream):
            yield Text(words(entry["TITLE"]), [], [f"headline {entry['CATEGORY']}"])


def news(folder):
    """All of them that have words, in the order of the files."""
    for part in (reuters, huffpost, bbc, pages, local_news, snippets):
        for text in part(folder):
            text.topics = [topic.replace(" ", "_") for topic in text.topics]
            if text.title or text.sentences:
                yield text
