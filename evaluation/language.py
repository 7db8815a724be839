"""Languages, on the odd lines of the data's files, which the shipped model was never trained on; macro accuracy over the files.

Peers in the same run: CLD2 (Debian's libcld2-dev, inside tidings_evaluate_language) and eld (npm), installed into
build/evaluation/eld.
"""

import json
import os
import pathlib
import subprocess

import rows

TREE = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data"))
PROGRAM = TREE / "build" / "release" / "training" / "language" / "tidings_evaluate_language"
ELD = TREE / "build" / "evaluation" / "eld"
KINDS = ("sentences", "word-pairs", "single-words")
WHAT = "languages: accuracy on sentences / word pairs / single words, "

# Prints, of the languages that eld knows, accuracy by kind and its sentences a second of the processor's time.
ELD_SCRIPT = """
import fs from 'fs'
import eld from 'eld/large'
const folder = process.argv[2], result = {codes: [], kinds: {}}
const known = new Set(Object.values(eld.info().languages ?? eld.info()['Languages']))
const own = {nb: 'no'}
const name = code => own[code] ?? code
const read = (kind, code) => fs.readFileSync(`${folder}/${kind}/${code}.txt`, 'utf8').split('\\n').slice(0, -1)
  .filter((_, at) => at % 2 === 1)
const codes = fs.readdirSync(`${folder}/sentences`).map(file => file.replace('.txt', '')).filter(code => known.has(name(code)))
result.codes = codes
for (const kind of ['sentences', 'word-pairs', 'single-words']) {
  let sum = 0
  for (const code of codes) {
    const lines = read(kind, code)
    sum += lines.filter(line => eld.detect(line).language === name(code)).length / lines.length
  }
  result.kinds[kind] = 100 * sum / codes.length
}
const sentences = codes.flatMap(code => read('sentences', code))
let best = 0
for (let round = 0; round < 3; ++round) {
  const begin = process.cpuUsage()
  for (const line of sentences) eld.detect(line)
  best = Math.max(best, sentences.length / process.cpuUsage(begin).user * 1e6)
}
result.per_second = best
console.log(JSON.stringify(result))
"""


def figures(values):
    return " / ".join(f"{value:.1f}" for value in values)


def ours(codes=()):
    done = subprocess.run([PROGRAM, DATA, *codes], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def accuracies(measured):
    return [measured[kind]["accuracy"] for kind in KINDS]


def missing():
    if not (DATA / "language").is_dir():
        return f"no data at {DATA / 'language'}"
    if not PROGRAM.exists():
        return "build tidings_evaluate_language first"
    return None


def lowest(measured, count=8):
    return {kind: dict(sorted(measured[kind]["languages"].items(), key=lambda item: item[1])[:count]) for kind in KINDS}


def language():
    what, reach, targets = WHAT + "all files", "≥ 95 / 84 / 66", (95, 84, 66)
    if reason := missing():
        return rows.not_measured("language", what, reach, reason)
    result = ours()
    got = accuracies(result["tidings"])
    peer = result.get("cld2")
    against = f"CLD2 {figures(accuracies(peer))}" if peer else "CLD2 is not installed"
    return rows.Row(name="language", what=what, measured=figures(got), against=against,
                    ratio=got[0] / accuracies(peer)[0] if peer else None, reach=reach,
                    ok=all(value >= target for value, target in zip(got, targets)),
                    details={"lowest": lowest(result["tidings"]),
                             "confused": {kind: result["tidings"][kind]["confused"] for kind in KINDS},
                             "calibration": result["calibration"]})


def run_eld():
    ELD.mkdir(parents=True, exist_ok=True)
    if not (ELD / "node_modules" / "eld").is_dir():
        (ELD / "package.json").write_text('{"private": true, "type": "module"}\n')
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "eld@2.1.0"], cwd=ELD,
                       check=True)
    (ELD / "measure.mjs").write_text(ELD_SCRIPT)
    done = subprocess.run(["node", "measure.mjs", DATA / "language"], cwd=ELD, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def language_eld():
    what, reach, targets = WHAT + "those that eld knows", "≥ 98.5 / 87 / 68 at ≥ 150,000/s", (98.5, 87, 68)
    if reason := missing():
        return rows.not_measured("language_eld", what, reach, reason)
    try:
        eld = run_eld()
    except (OSError, subprocess.CalledProcessError) as error:
        return rows.not_measured("language_eld", what, reach, f"eld did not run: {error}")
    result = ours(eld["codes"])
    got, speed = accuracies(result["tidings"]), result["tidings"]["sentences"]["per_second"]
    against = f"eld {figures(eld['kinds'][kind] for kind in KINDS)} at {eld['per_second']:,.0f}/s"
    if peer := result.get("cld2"):
        against += f"; CLD2 {figures(accuracies(peer))} at {peer['sentences']['per_second']:,.0f}/s"
    return rows.Row(name="language_eld", what=what, measured=f"{figures(got)} at {speed:,.0f}/s", against=against,
                    ratio=speed / eld["per_second"], reach=reach,
                    ok=speed >= 150_000 and all(value >= target for value, target in zip(got, targets)),
                    details={"languages": len(eld["codes"]), "lowest": lowest(result["tidings"])})


ROWS = {"language": language, "language_eld": language_eld}
