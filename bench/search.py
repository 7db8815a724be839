"""Searching, against Lucene, SQLite's FTS5 and Lucene's MemoryIndex on the same pre-cut news: bench/search/ has the peers,
its README what they read and write, and how our own side (search_own) is asked.

Figures are CPU time, so that a neighbor costs little; sides run in turns. Corpora are kept in build/bench/search.
"""

import atexit
import functools
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

import search_latency
from rows import Row, median, not_measured
from setup import OUTPUT, RELEASE, TREE

SOURCES = TREE / "bench" / "search"
sys.path.append(str(SOURCES))

import compare  # noqa: E402
import corpus as corpora  # noqa: E402

PROGRAMS = RELEASE / "bench" / "search"
OURS = [PROGRAMS / "search_own"]  # what it is asked: bench/search/README.md
OURS_STANDING = [PROGRAMS / "search_own_standing"]
FTS5 = [PROGRAMS / "search_fts5"]
KEPT = OUTPUT / "search"
JARS = ("lucene-core-8", "lucene-analyzers-common-8", "lucene-memory-8")
SMALL, LARGE = 90_000, 1_000_000
STANDING, STANDING_MANY = 100_000, 1_000_000
ARTICLES, SAMPLE = 2_000, 50  # of standing queries: to time us, and to compare with MemoryIndex
PASSES = 2
RANKED = {"search_term": ("term", 0.7), "search_and": ("and2", 0.7), "search_or": ("or2", 0.7),
          "search_title": ("title_or", 0.7), "search_phrase": ("phrase2", 1.0)}
NEWEST = {"search_newest": "newest", "search_newest_filtered": "newest_filtered"}
GROWTH = {"term": 2, "or2": 2, "newest": 2, "and2": 5, "phrase2": 5}
OVERLAP = 0.95
NAMES = [*RANKED, *NEWEST, "search_growth", "search_indexing", "search_size", "search_add", "search_series", "search_facets",
         "search_standing", "search_standing_many", search_latency.NAME]


class Missing(RuntimeError):
    """A program or data that a row needs is not there, or failed: the row is not measured."""


def output(command):
    try:
        done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    except OSError as error:
        raise Missing(str(error)) from error
    if done.returncode != 0:
        raise Missing(f"{pathlib.Path(command[0]).name}: {(done.stderr.strip() or 'failed').splitlines()[-1]}")
    return done.stdout


def run(command):
    """The JSON lines of a program."""
    return [json.loads(line) for line in output(command).splitlines()]


@functools.cache
def lucene():
    """The command that runs Lucene.java, compiled."""
    jars = [str(found) for name in JARS for found in sorted(pathlib.Path("/usr/share/java").glob(f"{name}*.jar"))[-1:]]
    if len(jars) < len(JARS) or not shutil.which("javac"):
        raise Missing("Lucene 8 is not installed: script/bootstrap bench")
    classes, path = KEPT / "classes", ":".join(jars)
    output(["javac", "-cp", path, "-d", classes, SOURCES / "Lucene.java"])
    return ["java", "-XX:+UseSerialGC", "-Xmx8g", "-cp", f"{path}:{classes}", "Lucene"]


def made_by(*names):
    """A key of what makes a corpus, so that a kept one is made anew where that has changed."""
    text = b"".join((SOURCES / name).read_bytes() for name in names)
    return hashlib.sha256(text + str(corpora.data_folder()).encode()).hexdigest()[:12]


def script(name, *arguments):
    output([sys.executable, SOURCES / name, *arguments])


@functools.cache
def corpus(documents):
    """The folder of a corpus with its queries. A larger one is asked the queries that were drawn from the small one."""
    if not corpora.data_folder().is_dir():
        raise Missing(f"no texts in {corpora.data_folder()}")
    folder = KEPT / f"{documents}-{made_by('texts.py', 'corpus.py', 'queries.py', 'standing.py')}"
    if (folder / "complete").exists():
        return folder
    for outdated in KEPT.glob(f"{documents}-*"):
        shutil.rmtree(outdated)
    script("corpus.py", documents, folder)
    if documents == SMALL:
        script("queries.py", folder)
        script("standing.py", STANDING, folder)
        script("standing.py", STANDING_MANY, folder)
    else:
        shutil.copy(corpus(SMALL) / "queries.tsv", folder)
    (folder / "complete").touch()
    return folder


@functools.cache
def indexed(side, documents):
    """Where the index of `ours`, `lucene` or `fts5` is, and what building it gave."""
    place = KEPT / f"index-{side}-{documents}"
    return place, run([*command(side), "index", corpus(documents), place])[-1]


def remove_indexes():
    for left in KEPT.glob("index-*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def command(side):
    return {"ours": lambda: OURS, "lucene": lucene, "fts5": lambda: FTS5}[side]()


def asked(side, documents, classes, segments):
    place, _ = indexed(side, documents)
    count = [] if side == "fts5" else [segments]
    return {(line["class"], line["query"], line["filter"]): line
            for line in run([*command(side), "query", corpus(documents), place, *count, ",".join(classes)])}


@functools.cache
def both(peer, documents, classes, segments):
    """Comparisons by class of several passes in turns, so that a noisy neighbor meets both."""
    passes = [(asked(peer, documents, classes, segments), asked("ours", documents, classes, segments)) for _ in range(PASSES)]
    return compare.compare(*(compare.merged(list(side)) for side in zip(*passes)))


def worst(one):
    """The greater of the ratios of medians and of sums: neither the many nor the heavy ones may be slow."""
    return max(one.ratio_medians, one.ratio_sums)


def shown(one):
    return {"theirs_us": round(one.theirs_us, 1), "ours_us": round(one.ours_us, 1), "ratio_medians": round(one.ratio_medians, 3),
            "ratio_sums": round(one.ratio_sums, 3), "counts_equal": one.counts_equal, "overlap": round(one.overlap, 3)}


def against(name, what, peer, group, classes, settings, reach):
    """A row of the worst of several settings (documents, segments)."""
    found = {setting: both(peer, setting[0], classes, setting[1])[group] for setting in settings}
    at = max(found, key=lambda setting: worst(found[setting]))
    alike = all(not one.different and one.overlap >= OVERLAP for one in found.values())
    note = "" if alike else "; answers differ"
    return Row(name=name, what=what, measured=f"{found[at].ours_us:.1f} µs ({at[0]:,} articles, {at[1]} segments){note}",
               against=f"{peer} {found[at].theirs_us:.1f} µs", ratio=worst(found[at]), reach=f"≤ {reach}×",
               ok=alike and worst(found[at]) <= reach,
               details={f"{documents}, {segments} segments": shown(one) for (documents, segments), one in found.items()})


def ranked(name):
    group, reach = RANKED[name]
    classes = tuple(group for group, _ in RANKED.values()) + ("game",)
    return against(name, f"top 10 of {group}, BM25, median of the class", "lucene", group, classes,
                   [(SMALL, 1), (SMALL, 5), (LARGE, 1), (LARGE, 5)], reach)


def newest(name):
    return against(name, f"the latest 10, {NEWEST[name]}, median of the class", "fts5", NEWEST[name], tuple(NEWEST.values()),
                   [(SMALL, 1), (LARGE, 1)], 1.0)


def growth():
    grown, beside = {}, {}
    for group in GROWTH:
        peer, classes = ("fts5", tuple(NEWEST.values())) if group == "newest" else (
            "lucene", tuple(one for one, _ in RANKED.values()) + ("game",))
        small, large = (both(peer, documents, classes, 1)[group] for documents in (SMALL, LARGE))
        grown[group], beside[group] = large.ours_us / small.ours_us, large.theirs_us / small.theirs_us
    tightest = max(grown, key=lambda group: grown[group] / GROWTH[group])
    return Row(name="search_growth", what=f"from {SMALL:,} to {LARGE:,} articles: a query's time, medians",
               measured=", ".join(f"{group} {times:.2f}×" for group, times in grown.items()),
               against="the peers: " + ", ".join(f"{group} {times:.2f}×" for group, times in beside.items()),
               ratio=grown[tightest], reach="term, OR, newest ≤ 2×; AND, phrase ≤ 5×",
               ok=all(grown[group] <= most for group, most in GROWTH.items()), details={"ours": grown, "peers": beside})


def indexing():
    built = {side: indexed(side, LARGE)[1]["mb_per_cpu_s"] for side in ("lucene", "fts5", "ours")}
    peer = max(("lucene", "fts5"), key=built.get)
    ratio = built["ours"] / built[peer]
    return Row(name="search_indexing", what=f"{LARGE:,} articles, text to searchable and durable, a second of CPU",
               measured=f"{built['ours']:.1f} MB", against=f"{peer} {built[peer]:.1f} MB", ratio=ratio, reach="≥ 1.5×",
               ok=ratio >= 1.5, details=built)


def size():
    ours, theirs = (indexed(side, LARGE)[1]["size"] for side in ("ours", "fts5"))
    return Row(name="search_size", what=f"index of {LARGE:,} articles, positions included", measured=f"{ours / 1e6:.0f} MB",
               against=f"fts5, contentless {theirs / 1e6:.0f} MB", ratio=ours / theirs, reach="≤ 1.1×", ok=ours <= 1.1 * theirs)


def added():
    found = {side: [run([*command(side), "add", corpus(LARGE), indexed(side, LARGE)[0]])[-1] for _ in range(PASSES)]
             for side in ("fts5", "ours", "lucene")}
    wall = {side: median([one["wall_ms"] for one in passes]) for side, passes in found.items()}
    return Row(name="search_add", what=f"100 articles added to {LARGE:,}, searchable and on disk",
               measured=f"{wall['ours']:.1f} ms", against=f"fts5 {wall['fts5']:.1f} ms, lucene {wall['lucene']:.1f} ms",
               ratio=wall["ours"] / wall["fts5"], reach="≤ 10 ms", ok=wall["ours"] <= 10, details=found)


def counted(name, what, wanted, limit_ms):
    """A figure of our own that no peer has; the limit is what it is compared with."""
    found = run([*OURS, wanted, corpus(LARGE), indexed("ours", LARGE)[0]])[-1]
    return Row(name=name, what=what, measured=f"{found['cpu_ms']:.2f} ms ({found['matches']:,} matches)", against="the limit",
               ratio=found["cpu_ms"] / limit_ms, reach=f"≤ {limit_ms} ms", ok=found["cpu_ms"] <= limit_ms, details=found)


def matches(lines):
    return [line["matches"] for line in lines if "article" in line][:SAMPLE]


def standing(name, count, reach):
    folder = corpus(SMALL)
    queries = folder / f"standing-{count}.tsv"
    sample = SAMPLE if count == STANDING else SAMPLE // 10
    theirs = run([*lucene(), "standing", folder, queries, sample])
    ours = run([*OURS_STANDING, "standing", folder, queries, ARTICLES])
    alike = matches(theirs) == matches(ours)[:sample]
    speed, bytes_each = ours[-1]["articles_per_cpu_s"], ours[-1]["bytes_per_query"]
    return Row(name=name, what=f"{count:,} standing queries, articles of 350 to 450 words, a second of CPU",
               measured=f"{speed:,.0f} articles, {bytes_each:.0f} bytes a query" + ("" if alike else "; matches differ"),
               against=f"MemoryIndex, each query in turn {theirs[-1]['articles_per_cpu_s']:.1f} articles",
               ratio=speed / reach, reach=f"≥ {reach:,} articles/s, ≤ 300 bytes a query, the same matches",
               ok=alike and speed >= reach and bytes_each <= 300, details={"ours": ours[-1], "memory_index": theirs[-1]})


ROWS = {**{name: functools.partial(ranked, name) for name in RANKED},
        **{name: functools.partial(newest, name) for name in NEWEST},
        "search_growth": growth, "search_indexing": indexing, "search_size": size, "search_add": added,
        "search_series": lambda: counted("search_series", "count and mean tone per day of a query, 1,000,000 articles", "series", 1),
        "search_facets": lambda: counted("search_facets", "facets of six dimensions, 1,000,000 articles", "facets", 5),
        "search_standing": lambda: standing("search_standing", STANDING, 1100),
        "search_standing_many": lambda: standing("search_standing_many", STANDING_MANY, 200),
        search_latency.NAME: lambda: search_latency.search_latency(corpus(LARGE))}


def search(names):
    """The wanted rows; one whose program or data is missing is said to be not measured."""
    KEPT.mkdir(parents=True, exist_ok=True)
    if names:
        remove_indexes()  # of a run that was interrupted
        atexit.register(remove_indexes)
    for name in names:
        try:
            if not shutil.which(OURS[0]):  # before the peers index a million articles for nothing
                raise Missing(f"{OURS[0].name} is not built")
            yield ROWS[name]()
        except (Missing, KeyError, subprocess.CalledProcessError) as error:
            yield not_measured(name, "searching, bench/search.py", "see there", str(error))
