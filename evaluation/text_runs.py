"""Texts through build/release/evaluation/text_evaluate, for the rows that need more than `tidings analyze` prints."""

import json
import os
import pathlib
import resource
import subprocess

TREE = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data"))
PROGRAM = TREE / "build" / "release" / "evaluation" / "text_evaluate"


def lines(file):
    with open(DATA / file, encoding="utf-8") as source:
        return [json.loads(line) for line in source]


def run(what, inputs):
    """One answer each for inputs of {"text","title","language","summary_words"}."""
    given = "\n".join(json.dumps(one) for one in inputs)
    done = subprocess.run([PROGRAM, what], input=given, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def processor_seconds(command, stdin, stdout=subprocess.DEVNULL):
    """Of a command that reads the file `stdin`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(stdin, "rb") as given:
        subprocess.run(command, stdin=given, stdout=stdout, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def stems(texts):
    """Each text's words as one string of stems."""
    return [" ".join(words) for words in run("stems", [{"text": text, "language": "en"} for text in texts])]
