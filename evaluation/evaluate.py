"""Measures the analysis: evaluate.py [--publish] [ROW…]; without a row, all of them.

Each module of this folder that has ROWS, a dictionary of names to functions, adds to the table; a function gives one
rows.Row. Results are kept in build/evaluation/results.json; --publish, which measures every row, writes the table of
docs/quality.md.
"""

import importlib
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


if __name__ == "__main__":
    known = known_rows()
    sys.exit(rows.run(__doc__, list(known), lambda names: (known[name]() for name in names), TREE, OUTPUT,
                      TREE / "docs" / "quality.md"))
