"""Sentence boundaries: the 52 golden rules for English of pragmatic_segmenter, a case being right when all its sentences are."""

import json
import re
import subprocess

from rows import Row, not_measured
from text_runs import DATA, run

FILE = DATA / "sentences" / "golden_rules_english_spec.rb.txt"
WHAT = "sentence boundaries: golden rules for English with every sentence right"
REACH = "≥ 90 %"
STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
PEER = """
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(texts.map((text) => [...segmenter.segment(text)].map((part) => part.segment))));
"""


def ruby_string(literal):
    escapes = {"n": "\n", "t": "\t", "r": "\r"} if literal[0] == '"' else {}
    return re.sub(r"\\(.)", lambda found: escapes.get(found[1], found[1]), literal[1:-1])


def cases():
    """(is golden, text, its sentences) of every case whose text is a literal."""
    source = FILE.read_text(encoding="utf-8")
    golden_end = source.index("describe '#segment'")
    for case in re.finditer(r"\bit\s+['\"].*?['\"] do(.*?)(?=\n\s*it\s+|\Z)", source, re.S):
        text = re.search(rf"text:\s*({STRING})", case[1], re.S)
        expected = re.search(r"to eq\(\s*\[(.*)\]", case[1], re.S)
        if text and expected:
            sentences = [ruby_string(one) for one in re.findall(STRING, expected[1], re.S)]
            yield case.start() < golden_end, ruby_string(text[1]), sentences


def without_spaces(sentences):
    """The rules also clean the text up; where sentences end is all that is asked here."""
    kept = [re.sub(r"\s+", "", sentence) for sentence in sentences]
    return [sentence for sentence in kept if sentence]


def right(found, wanted):
    return sum(without_spaces(a) == without_spaces(b) for a, b in zip(found, wanted))


def sentences():
    if not FILE.exists():
        return not_measured("sentences", WHAT, REACH, f"no rules at {FILE}")
    all_cases = list(cases())
    golden = [(text, wanted) for is_golden, text, wanted in all_cases if is_golden]
    others = [(text, wanted) for is_golden, text, wanted in all_cases if not is_golden]
    texts, wanted = zip(*golden)
    ours = right(run("sentences", [{"text": text, "language": "en"} for text in texts]), wanted)
    peer = subprocess.run(["node", "-e", PEER], input=json.dumps(texts), capture_output=True, text=True, check=True)
    icu = right(json.loads(peer.stdout), wanted)
    other_texts, other_wanted = zip(*others)
    rest = right(run("sentences", [{"text": text, "language": "en"} for text in other_texts]), other_wanted)
    share = ours / len(golden)
    return Row(name="sentences", what=WHAT, measured=f"{ours} of {len(golden)} ({share:.0%})",
               against=f"ICU's rules (Intl.Segmenter) {icu} of {len(golden)} ({icu / len(golden):.0%}); Punkt 46 % (published)",
               ratio=share / 0.9, reach=REACH, ok=share >= 0.9,
               details={"further cases of the same file": f"{rest} of {len(others)}"})


ROWS = {"sentences": sentences}
