"""Measures the analysis: evaluate.py [--publish] [ROW…]; without a row, all of them.

Each module of this folder that has ROWS, a dictionary of names to functions, adds to the table; a function gives one
rows.Row. Results are kept in build/evaluation/results.json; --publish, which measures every row, writes the table of
docs/quality.md.
"""

import argparse
import importlib
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
TREE = FOLDER.parent
sys.path.append(str(TREE / "bench"))

import rows  # noqa: E402

OUTPUT = TREE / "build" / "evaluation"


def known_rows():
    found = {}
    for file in sorted(FOLDER.glob("*.py")):
        if file.stem != "evaluate":
            found.update(getattr(importlib.import_module(file.stem), "ROWS", {}))
    return found


def main():
    known = known_rows()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(known))
    parser.add_argument("--publish", action="store_true", help="write the table of docs/quality.md")
    options = parser.parse_args()
    unknown = set(options.rows) - set(known)
    if options.publish and options.rows:
        parser.error("--publish writes the whole table from one run: name no rows")
    if unknown:
        parser.error(f"unknown row {', '.join(sorted(unknown))}; there are {', '.join(known)}")

    measured = []
    for name in options.rows or known:
        row = known[name]()
        measured.append(row)
        print(f"{row.name}: {row.measured}; against {row.against}; reach {row.reach}: {row.verdict()}\n"
              f"  {json.dumps(row.details)}", flush=True)
        rows.save(measured, TREE, OUTPUT, order=list(known))
    if options.publish:
        rows.publish(measured, TREE / "docs" / "quality.md")
    return 0 if all(row.ok is not False for row in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
