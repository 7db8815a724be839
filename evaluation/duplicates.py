"""Near-duplicates: copies that a seeded editor makes of Reuters' and the BBC's articles, hidden among the originals."""

import collections
import json
import random
import re
import tempfile

import reuters
from rows import Row, not_measured
from text_runs import DATA, TREE, lines, processor_seconds

PROGRAM = TREE / "build" / "release" / "src" / "app" / "tidings"
PEER = TREE / "build" / "release" / "evaluation" / "minhash_peer"
WHAT = "near-duplicates: recall on copies with header and footer / trimmed to 70 % / a tenth of the words changed and cut to 75 %; precision"
REACH = "1 / 1 / 0.97 at ≥ 0.99; ≥ 20,000/s"
WORDS_MIN = 50
LATER_MAX = 3000  # originals between an article and its copy
COPIES = 3000  # of each kind


class Editor:
    """Makes copies as other publishers do; the same ones each time."""

    def __init__(self, texts):
        self.chance = random.Random(2026)
        self.words = [word for text in texts for word in text.split()]

    def dressed(self, text):
        paper = self.chance.choice(["Daily Post", "Evening Mail", "The Tribune"])
        head = f"By our correspondent, {self.chance.randint(1, 28)} March. Share this article. Subscribe to our newsletter."
        foot = f"Copyright {self.chance.randint(1990, 2020)} {paper}. All rights reserved. Read more: " + " ".join(
            self.chance.sample(self.words, 8))
        return f"{head}\n{text}\n{foot}"

    def trimmed(self, text, share=0.7):
        words = text.split(" ")
        return " ".join(words[: int(len(words) * share)])

    def changed(self, text):
        words = [self.chance.choice(self.words) if self.chance.random() < 0.1 else word for word in text.split(" ")]
        return self.trimmed(" ".join(words), 0.75)


def originals():
    texts = [(title, body) for title, body in reuters.articles() if len(body.split()) >= WORDS_MIN]
    for article in lines("summaries/bbc_dev.jsonl"):
        title, _, body = article["text"].partition("\n\n")
        texts.append((title, body))
    return texts


def stream():
    """Lines with ids; a copy's id says of which original and by which kind."""
    texts = originals()
    editor = Editor([body for _, body in texts])
    kinds = [editor.dressed, editor.trimmed, editor.changed]
    chosen = {number: kind for number, kind in zip(editor.chance.sample(range(len(texts)), 3 * COPIES), kinds * COPIES)}
    waiting = []
    for number, (title, body) in enumerate(texts):
        yield {"id": f"{number}", "title": title, "text": body}
        if number in chosen:
            kind = chosen[number]
            waiting.append((number + editor.chance.randint(1, LATER_MAX), f"{number} {kind.__name__}", title, kind(body)))
            waiting.sort()
        while waiting and waiting[0][0] <= number:
            _, name, title, body = waiting.pop(0)
            yield {"id": name, "title": title, "text": body}
    for _, name, title, body in waiting:
        yield {"id": name, "title": title, "text": body}


def words_of(article):
    return set(re.findall(r"[a-z0-9]+", f"{article['title']} {article['text']}".lower()))


def alike(first, second):
    a, b = words_of(first), words_of(second)
    return len(a & b) / max(len(a | b), 1)


def score(articles, found):
    """Recall by kind and precision. Pairs of different originals that share half of their words or more do not count: a wire
    repeats itself."""
    by_id = {article["id"]: article for article in articles}
    original = lambda name: name.split()[0]
    recalled, kinds, right, wrong = collections.Counter(), collections.Counter(), 0, 0
    for article in articles:
        name, answer = article["id"], found[article["id"]]
        kind = name.split()[1] if " " in name else None
        kinds[kind] += 1
        if answer is None:
            continue
        own = by_id[original(name)]
        same = original(answer) == own["id"] or found[own["id"]] == answer or alike(by_id[answer], own) >= 0.5
        if kind is not None and same:
            recalled[kind] += 1
            right += 1
        elif not same:
            wrong += 1
    return [recalled[kind] / kinds[kind] for kind in ("dressed", "trimmed", "changed")], right / max(right + wrong, 1)


def answers(program, given):
    with tempfile.TemporaryFile() as output:
        took = processor_seconds(program, given, output)
        output.seek(0)
        return {line["id"]: line["duplicate_of"] for line in map(json.loads, output)}, took


def show(recall, precision, articles_per_second):
    return " / ".join(f"{value:.3f}" for value in recall) + f" at {precision:.3f}, {articles_per_second:,.0f} articles/s"


def duplicates():
    if not (DATA / "reuters21578").is_dir():
        return not_measured("duplicates", WHAT, REACH, f"no articles at {DATA}")
    articles = list(stream())
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as given:
        given.writelines(json.dumps(article) + "\n" for article in articles)
        given.flush()
        found, took = answers([PROGRAM, "duplicates"], given.name)
        peer, peer_took = answers([PEER], given.name)
    (recall, precision), (peer_recall, peer_precision) = score(articles, found), score(articles, peer)
    return Row(name="duplicates", what=WHAT, measured=show(recall, precision, len(articles) / took),
               against=f"MinHash-LSH of 32 bands by 4: {show(peer_recall, peer_precision, len(articles) / peer_took)}",
               ratio=recall[2] / max(peer_recall[2], 1e-9), reach=REACH,
               ok=recall[0] >= 0.995 and recall[1] >= 0.995 and recall[2] >= 0.97 and precision >= 0.99
               and len(articles) / took >= 20_000)


ROWS = {"duplicates": duplicates}
