"""Places: the country of every gold mention of TR-News and LGL, and whether its coordinates are within 161 km (100 miles).

Gold mentions are given and are to be resolved; those without a gold country (seas, continents, what GeoNames does not have)
are left out. The peer takes the most important place of a name, whatever the article says, from the same gazetteer.
"""

import json
import math
import os
import pathlib
import subprocess
import xml.etree.ElementTree

from rows import Row, not_measured

TREE = pathlib.Path(__file__).resolve().parent.parent
RELEASE = TREE / "build" / "release"
OURS = [RELEASE / "src" / "app" / "tidings", "analyze"]
PEER = [RELEASE / "evaluation" / "places_evaluate", "biggest"]
DATA = pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data")) / "geo"
PACKAGES = RELEASE / "packages" / "node_modules"
NEAR_KM = 161
# Names of countries as the sets write them that the package of countries does not have.
OTHER_NAMES = {"Turkey": "TR", "Bonaire": "BQ", "Palestinian Territory": "PS", "Ivory Coast": "CI", "Hashemite Kingdom of Jordan": "JO", "Republic of Serbia": "RS",
               "Democratic Republic of the Congo": "CD", "Republic of the Congo": "CG", "Macedonia": "MK", "Swaziland": "SZ",
               "Republic of Korea": "KR", "Burma": "MM", "Czech Republic": "CZ", "Vatican": "VA", "Macao": "MO", "The Netherlands": "NL"}


def country_codes():
    codes = dict(OTHER_NAMES)
    for country in json.loads((PACKAGES / "world-countries" / "countries.json").read_text()):
        for name in [country["name"]["common"], country["name"]["official"], *country["altSpellings"]]:
            codes.setdefault(name, country["cca2"])
    return codes


def gold_of(article, text, codes):
    """Spans of characters whose words are the phrase, with the country's code, latitude and longitude."""
    for toponym in article.iter("toponym"):
        tag = toponym.find("gaztag")
        name = tag.findtext("country") if tag is not None else None
        start, end = int(toponym.findtext("start")), int(toponym.findtext("end"))
        if not name:
            continue
        phrase = toponym.findtext("phrase")
        if text[start:end] != phrase:  # some are a little off
            near = [at for at in range(max(0, start - 80), start + 80) if text.startswith(phrase, at)]
            if not near:
                continue
            start = min(near, key=lambda at: abs(at - start))
            end = start + len(phrase)
        yield start, end, codes.get(name, name), float(tag.findtext("lat")), float(tag.findtext("lon")), phrase


def articles(name):
    codes = country_codes()
    for article in xml.etree.ElementTree.parse(DATA / name).getroot():
        text = article.findtext("text")
        gold = []
        for start, end, *about in gold_of(article, text, codes):
            begin = len(text[:start].encode()) + 1  # after the empty title's newline
            gold.append(((begin, begin + len(text[start:end].encode())), *about))
        yield text, gold


def distance_km(one, other):
    (lat1, lon1), (lat2, lon2) = (map(math.radians, one), map(math.radians, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1, half)))


def measured(command, given):
    lines = "".join(json.dumps({"id": i, "text": text, "language": "en", "mentions": [list(gold[0]) for gold in mentions]}) + "\n"
                    for i, (text, mentions) in enumerate(given))
    answers = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True, text=True).stdout.rstrip("\n").split("\n")
    total = countries = near = absent = 0
    wrong = []
    for answer, (text, mentions) in zip(answers, given, strict=True):
        found = {tuple(span): place for place in json.loads(answer).get("places", []) for span in place["offsets"]}
        for span, country, latitude, longitude, phrase in mentions:
            place = found.get(span)
            total += 1
            absent += place is None
            right = place is not None and place.get("country", "") == country
            countries += right
            near += place is not None and distance_km((latitude, longitude), (place["latitude"], place["longitude"])) <= NEAR_KM
            if not right:
                wrong.append((phrase, country, place and place.get("country")))
    return {"mentions": total, "country": 100 * countries / total, "within_161_km": 100 * near / total,
            "absent": 100 * absent / total}, wrong


def row(name, file, reach):
    what = f"country of all gold place mentions, {file.split('.')[0]}"
    if not (DATA / file).exists() or not all(program.exists() for program, _ in (OURS, PEER)):
        return not_measured(name, what, f"≥ {reach} %", f"no set at {DATA} or no programs at {RELEASE}")
    given = list(articles(file))
    ours, _ = measured(OURS, given)
    peer, _ = measured(PEER, given)
    return Row(name=name, what=what, measured=f"{ours['country']:.1f} % (within 161 km {ours['within_161_km']:.1f} %)",
               against=f"biggest of the name {peer['country']:.1f} % ({peer['within_161_km']:.1f} %)",
               ratio=ours["country"] / reach, reach=f"≥ {reach} %", ok=ours["country"] >= reach,
               details={"ours": ours, "biggest": peer})


ROWS = {"places_trnews": lambda: row("places_trnews", "TR-News.xml", 82),
        "places_lgl": lambda: row("places_lgl", "lgl.xml", 75)}
