"""How well names are found: wikigold in ten folds of documents, by the program of training/entities."""

import json
import os
import pathlib
import subprocess

import rows

TREE = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = TREE / "build" / "release" / "training" / "entities" / "tidings_cross_validate_entities"
DATA = pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data"))
WHAT = "names in wikigold, exact span and type as CoNLL counts, F1 over 10 folds of documents"
REACH = 0.68


def entities():
    if not PROGRAM.exists() or not (DATA / "entities").exists():
        return rows.not_measured("entities", WHAT, f"≥ {REACH}", f"needs {PROGRAM.name} and {DATA}/entities")
    done = subprocess.run([PROGRAM, DATA, "10"], capture_output=True, text=True)
    if done.returncode != 0:
        return rows.not_measured("entities", WHAT, f"≥ {REACH}", done.stderr.strip())
    scores = json.loads(done.stdout)
    natural, tokenized = scores["natural"]["all"]["f1"], scores["tokenized"]["all"]["f1"]
    return rows.Row(name="entities", what=WHAT, measured=f"{natural:.3f} ({tokenized:.3f} where spaces part all tokens)",
                    against="no peer", ratio=natural, reach=f"≥ {REACH}", ok=natural >= REACH, details=scores)


ROWS = {"entities": entities}
