"""Links between stories of different languages: events told twice, and others much like them, through `tidings stories --links`."""

import collections
import json
import subprocess

from rows import Row
from text_runs import TREE

PROGRAM = TREE / "build" / "release" / "src" / "app" / "tidings"
REACH = "precision ≥ 0.95"


def cases(half):
    with open(TREE / "tests" / "stories" / f"link_pairs_{half}.jsonl", encoding="utf-8") as source:
        return [json.loads(line) for line in source]


def linked(articles):
    """Pairs of stories that are linked, each as the positions of its articles."""
    given = "\n".join(json.dumps({"id": number, **article}) for number, article in enumerate(articles))
    done = subprocess.run([PROGRAM, "stories", "--links"], input=given, capture_output=True, text=True, check=True)
    stories, pairs = collections.defaultdict(list), []
    for line in map(json.loads, done.stdout.splitlines()):
        if "linked" in line:
            pairs.append((stories[line["story"]], stories[line["linked"]]))
        else:
            stories[line["story"]].append(line["id"])
    return pairs


def in_one_stream(tested):
    """Events that are linked, and links of stories that have no event in common."""
    roles = ("first", "same", "near_miss")
    stream = sorted(((case[role], (number, role)) for number, case in enumerate(tested) for role in roles),
                    key=lambda each: each[0]["published"])
    right, wrong = set(), 0
    for pair in linked([article for article, _ in stream]):
        ours, others = ({number for position in story for number, role in [stream[position][1]] if role != "near_miss"} for story in pair)
        right |= ours & others
        wrong += not ours & others
    return len(right), wrong


def measure():
    """Each event by itself against the other that is like it, and all articles of the half in one stream."""
    tested = cases("held_out")
    right = sum(len(linked([case["first"], case["same"]])) for case in tested)
    wrong = sum(len(linked([case["first"], case["near_miss"]])) for case in tested)
    together, mistaken = in_one_stream(tested)
    precision = right / max(right + wrong, 1)
    return Row(name="story_links", what=f"events told in two languages ({len(tested)} held out) against as many others much like them: precision / "
                                        "recall of links; with all of them in one stream",
               measured=f"{precision:.3f} / {right / len(tested):.3f}; {together / max(together + mistaken, 1):.3f} / {together / len(tested):.3f}",
               against="no peer", ratio=precision / 0.95, reach=REACH, ok=precision >= 0.95)


ROWS = {"story_links": measure}
