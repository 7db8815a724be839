"""Runs the benchmarks of docs/benchmarks.md: bench.py [--publish] [ROW…]; without a row, all of them.

Every row prints what was measured, its peer or limit in the same run, the ratio and whether the goal is reached. Results
are kept in build/bench/results.json, each with its date, commit and machine; --publish, of every row or of a group that has
a table of its own (search), also writes the tables of docs/benchmarks.md.
"""

import sys

import analyze_product
import extraction
import fetch_loop
import footprint
import parsing
import refresh
import rows
import search
import serving
import simulated
from setup import OUTPUT, TREE

ROWS = ["parse", "sanitize", "extraction", "extraction_speed", "refresh_200", "refresh_2000", "not_modified",
        "fetch_unchanged", "fetch_changed", "simulated_day", "analyze_product", "stories_rebuild", "cached_cpu", "uncached", "cached_10000", "memory",
        "start", *search.NAMES]


def measure(names):
    wanted = set(names)
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
    if set(fetch_loop.NAMES) & wanted:
        yield from fetch_loop.fetch_loop()
    if "simulated_day" in wanted:
        yield simulated.simulated_day()
    if "analyze_product" in wanted:
        yield analyze_product.analyze_product()
    if "stories_rebuild" in wanted:
        yield analyze_product.stories_rebuild()
    large = {"cached_cpu", "uncached", "cached_10000", "memory", "start"}
    if large & wanted:
        with footprint.large_installation() as home:
            if "memory" in wanted:
                yield footprint.memory(home)
            if "start" in wanted:
                yield footprint.start(home)
            if (large - {"memory", "start"}) & wanted:
                yield from serving.serving(home, wanted)
    yield from search.search([name for name in search.NAMES if name in wanted])


if __name__ == "__main__":
    sys.exit(rows.run(__doc__, ROWS, measure, TREE, OUTPUT, TREE / "docs" / "benchmarks.md"))
