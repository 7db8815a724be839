"""Runs the benchmarks of docs/benchmarks.md: bench.py [--publish] [ROW…]; without a row, all of them.

Every row prints what was measured, its peer or limit in the same run, the ratio and whether the goal is reached. Results
are kept in build/bench/results.json, each with its date, commit and machine; --publish, which measures every row, also
writes the table of docs/benchmarks.md.
"""

import argparse
import json
import sys

import extraction
import footprint
import parsing
import refresh
import rows
import serving
from setup import OUTPUT, TREE

ROWS = ["parse", "sanitize", "extraction", "extraction_speed", "refresh_200", "refresh_2000", "not_modified", "cached_cpu",
        "uncached", "cached_10000", "memory", "start"]


def measure(wanted):
    if "parse" in wanted:
        yield parsing.parse()
    if "sanitize" in wanted:
        yield parsing.sanitize()
    if "extraction" in wanted:
        yield extraction.quality()
    if "extraction_speed" in wanted:
        yield extraction.speed()
    if "refresh_200" in wanted:
        yield refresh.refresh_200()
    if {"refresh_2000", "not_modified"} & wanted:
        yield from refresh.refresh_2000()
    large = {"cached_cpu", "uncached", "cached_10000", "memory", "start"}
    if large & wanted:
        with footprint.large_installation() as home:
            if "memory" in wanted:
                yield footprint.memory(home)
            if "start" in wanted:
                yield footprint.start(home)
            if (large - {"memory", "start"}) & wanted:
                yield from serving.serving(home, wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--publish", action="store_true", help="write the table of docs/benchmarks.md")
    options = parser.parse_args()
    unknown = set(options.rows) - set(ROWS)
    if options.publish and options.rows:
        parser.error("--publish writes the whole table from one run: name no rows")
    if unknown:
        parser.error(f"unknown row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")

    measured = []
    for row in measure(set(options.rows or ROWS)):
        measured.append(row)
        ratio = "" if row.ratio is None else f", ratio {row.ratio:.2f}"
        print(f"{row.name}: {row.measured}; against {row.against}{ratio}; reach {row.reach}: {row.verdict()}\n"
              f"  {json.dumps(row.details)}", flush=True)
        # At once: a later row that fails does not cost those before it.
        rows.save(measured, TREE, OUTPUT, order=ROWS)
    if options.publish:
        measured.sort(key=lambda row: ROWS.index(row.name))
        rows.publish(measured, TREE / "docs" / "benchmarks.md")
    return 0 if all(row.ok is not False for row in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
