"""What a measurement gives, and how it is shown."""

import argparse
import dataclasses
import datetime
import itertools
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess

# A page's tables: of one group of rows, whose names begin with the word after the script, or of all others.
TABLE = re.compile(r"(<!-- results: written by \S+?(?: (?P<group>\w+))? -->\n)(.*?)(<!-- end of results -->)", re.DOTALL)


@dataclasses.dataclass
class Row:
    name: str
    what: str
    measured: str
    against: str  # the peer's or the limit's own figure in the same run
    ratio: float | None  # what `reach` is about; absent when the peer is
    reach: str
    ok: bool | None  # absent when there was nothing to compare with
    details: dict = dataclasses.field(default_factory=dict)
    run: dict = dataclasses.field(default_factory=dict)  # date, commit and machine; filled in when saved

    def verdict(self):
        return {True: "yes", False: "no", None: "not measured"}[self.ok]


def not_measured(name, what, reach, why):
    """A row whose program is missing or failed: the other rows are measured all the same."""
    return Row(name=name, what=what, measured="not measured", against=why, ratio=None, reach=reach, ok=None)


def median(values):
    return statistics.median(values)


def spread(values, digits=2):
    """All runs, so that a reader sees how steady the median is."""
    return [round(value, digits) for value in values]


def machine():
    info = pathlib.Path("/proc/cpuinfo").read_text()
    names = [line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")]
    memory_kb = int(pathlib.Path("/proc/meminfo").read_text().split()[1])
    return {"cores": os.cpu_count(), "processor": names[0] if names else platform.machine(),
            "memory_gb": round(memory_kb / 1e6, 1), "system": f"{platform.system()} {platform.release()}"}


def commit(tree):
    done = subprocess.run(["git", "-C", tree, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def markdown(rows):
    run = rows[0].run
    text = (f"Measured {run['date']} at commit {run['commit']} in one run: {run['machine']['cores']} cores "
            f"({run['machine']['processor']}), {run['machine']['memory_gb']} GB, {run['machine']['system']}.\n\n"
            "| row | what | measured | against | ratio | reach | reached |\n|---|---|---|---|---|---|---|\n")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        text += (f"| {row.name} | {row.what} | {row.measured} | {row.against} | {ratio} | {row.reach} | "
                 f"{row.verdict()} |\n")
    return text


def save(rows, tree, folder, order):
    """Adds the rows to results.json; rows that earlier runs left there keep the run that they came from."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "results.json"
    run = {"date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="minutes"), "commit": commit(tree),
           "machine": machine()}
    for row in rows:
        row.run = run
    known = json.loads(file.read_text())["rows"] if file.exists() else []
    fresh = {row.name for row in rows}
    kept = [Row(**row) for row in known if row["name"] not in fresh]
    everything = sorted(kept + rows, key=lambda row: order.index(row.name))
    file.write_text(json.dumps({"rows": [dataclasses.asdict(row) for row in everything]}, indent=1) + "\n")


def groups(page):
    return {table["group"] for table in TABLE.finditer(page.read_text()) if table["group"]}


def publish(rows, page):
    """Writes the tables of which there are rows, each of one run only."""
    known = groups(page)

    def written(table):
        own = [row for row in rows if next((group for group in known if row.name.startswith(f"{group}_")), None) == table["group"]]
        return table[1] + (markdown(own) if own else table[3]) + table[4]

    page.write_text(TABLE.sub(written, page.read_text()))


def named(given, names):
    return [given] if given in names else [name for name in names if name.startswith(f"{given}_")]


def run(description, names, measure, tree, folder, page):
    """The command line of a table: NAME… measures those rows, or all that begin with NAME_ where no row has that name; none
    measures all of them; --publish writes the page's tables, or that of a group.

    `measure` takes the wanted names and gives their rows one by one. The exit code: 1 where a reach was missed.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(names))
    parser.add_argument("--publish", action="store_true", help=f"write the tables of {page.relative_to(tree)}")
    options = parser.parse_args()
    wanted = list(itertools.chain.from_iterable(named(given, names) for given in options.rows))
    unknown = {given for given in options.rows if not named(given, names)}
    if options.publish and not set(options.rows) <= groups(page):
        parser.error(f"--publish writes whole tables, each from one run: name no rows, or {', '.join(sorted(groups(page)))}")
    if unknown:
        parser.error(f"unknown row {', '.join(sorted(unknown))}; there are {', '.join(names)}")

    measured = []
    for row in measure(wanted or names):
        measured.append(row)
        ratio = "" if row.ratio is None else f", ratio {row.ratio:.2f}"
        print(f"{row.name}: {row.measured}; against {row.against}{ratio}; reach {row.reach}: {row.verdict()}\n"
              f"  {json.dumps(row.details)}", flush=True)
        save(measured, tree, folder, order=names)  # at once: a later row that fails does not cost those before it
    if options.publish:
        publish(sorted(measured, key=lambda row: names.index(row.name)), page)
    return 0 if all(row.ok is not False for row in measured) else 1
