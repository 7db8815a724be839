"""Compares two sides of the search benchmark: compare.py THEIRS.jsonl OURS.jsonl (peer.h says what the lines hold).

By class: the ratio of the medians and of the sums of CPU time (ours to theirs), the share of queries that count alike, and the
overlap of the top tens. Where two documents score alike, within 1e-4 of the score, either may be among the ten. Fails where a
count differs, or a query is missing.
"""

import argparse
import collections
import dataclasses
import json
import statistics
import sys

TIE = 1e-4


@dataclasses.dataclass
class Comparison:
    queries: int
    theirs_us: float  # medians
    ours_us: float
    ratio_medians: float
    ratio_sums: float
    counts_equal: float  # share of the queries
    overlap: float  # mean share of the ten
    different: list  # the queries whose counts differ


def read(file):
    lines = map(json.loads, open(file))
    return {(line["class"], line["query"], line["filter"]): line for line in lines if "query" in line}


def overlap(theirs, ours):
    """The share of our top that is in theirs or ties with the last of it, seen from both sides: the smaller one."""
    wanted = max(len(theirs["top"]), len(ours["top"]))
    if wanted == 0:
        return 1.0
    both = set(theirs["top"]) & set(ours["top"])
    return min(len(both) + at_the_edge(side, both) for side in (theirs, ours)) / wanted


def at_the_edge(side, both):
    """How many of a side's own hits score like its last: another as good may stand in their place. None where hits are in the
    order of arrival, which has no ties."""
    if side["class"].startswith("newest"):
        return 0
    last = side["scores"][-1] if side["scores"] else 0.0
    own = (score for document, score in zip(side["top"], side["scores"]) if document not in both)
    return sum(score - last <= TIE * abs(last) for score in own)


def merged(sides):
    """Of several runs of one side: the median of each query's time."""
    return {key: {**line, "cpu_us": statistics.median(side[key]["cpu_us"] for side in sides)} for key, line in sides[0].items()}


def compare(theirs, ours):
    """A Comparison by class, of the classes that both sides were asked; KeyError where one lacks a query of such a class."""
    shared = {key[0] for key in theirs} & {key[0] for key in ours}
    groups = collections.defaultdict(list)
    for key in theirs | ours:
        if key[0] in shared:
            groups[key[0]].append((theirs[key], ours[key]))
    return {name: comparison(pairs) for name, pairs in groups.items()}


def comparison(pairs):
    times = [[pair[side]["cpu_us"] for pair in pairs] for side in (0, 1)]
    medians = [statistics.median(side) for side in times]
    different = [pair[0]["query"] for pair in pairs if pair[0]["count"] != pair[1]["count"]]
    return Comparison(len(pairs), *medians, ratio_medians=medians[1] / medians[0], ratio_sums=sum(times[1]) / sum(times[0]),
                      counts_equal=1 - len(different) / len(pairs), overlap=statistics.mean(overlap(*pair) for pair in pairs),
                      different=different)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("theirs")
    parser.add_argument("ours")
    options = parser.parse_args()
    found = compare(read(options.theirs), read(options.ours))
    print(f"{'class':16}{'queries':>8}{'theirs µs':>11}{'ours µs':>11}{'medians':>9}{'sums':>9}{'counts':>8}{'top 10':>8}")
    for name, one in found.items():
        print(f"{name:16}{one.queries:8}{one.theirs_us:11.1f}{one.ours_us:11.1f}{one.ratio_medians:9.2f}{one.ratio_sums:9.2f}"
              f"{one.counts_equal:8.3f}{one.overlap:8.3f}")
    wrong = [(name, query) for name, one in found.items() for query in one.different]
    for name, query in wrong:
        print(f"counts differ: {name} {query}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
