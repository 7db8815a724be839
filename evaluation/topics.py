"""Topics: the trainer of labels of one's own, and the shipped topics on sets that they were not trained on."""

import json
import os
import pathlib
import subprocess

import rows

TREE = pathlib.Path(__file__).resolve().parent.parent
RELEASE = TREE / "build" / "release"
DATA = pathlib.Path(os.environ.get("TIDINGS_DATA", TREE.parent / "shared" / "data")) / "categories"
FOLDS = 10

# What an IPTC topic is in the classes of a set: the likeliest topic's class is the text's.
AG_CLASSES = {
    "1": ["02", "03", "05", "08", "11", "12", "14", "16", "17"],  # World; arts and leisure are no class
    "2": ["15"],  # Sports
    "3": ["04", "09"],  # Business
    "4": ["06", "07", "13"],  # Sci/Tech
}
BBC_CLASSES = {
    "business": ["04", "09"],
    "entertainment": ["01", "08"],
    "politics": ["02", "05", "06", "07", "11", "14", "16"],
    "sport": ["15"],
    "tech": ["13"],
}
HUFFPOST_CLASSES = {
    "ag": {"1": ["WORLD NEWS", "POLITICS"], "2": ["SPORTS"], "3": ["BUSINESS", "MONEY"], "4": ["TECH", "SCIENCE"]},
    "bbc": {"business": ["BUSINESS", "MONEY"], "entertainment": ["ENTERTAINMENT"], "politics": ["POLITICS"],
            "sport": ["SPORTS"], "tech": ["TECH"]},
}


def ag():
    lines = (DATA / "ag_train_8000.tsv").read_text().splitlines()
    return [{"label": label, "text": text} for label, text in (line.split("\t", 1) for line in lines)]


def bbc():
    records = [json.loads(line) for line in (DATA / "bbc_dev.jsonl").read_text().splitlines()]
    return [{"label": record["category"], "text": record["text"]} for record in records]


def huffpost():
    return [json.loads(line) for line in (DATA / "huffpost_10k.jsonl").read_text().splitlines()]


def sklearn_or_none():
    try:
        import sklearn.feature_extraction.text
        import sklearn.model_selection
        import sklearn.naive_bayes
        import sklearn.svm
    except ImportError:
        return None
    return sklearn


def cross_validated(records):
    """Complement naive Bayes and a linear SVM over words and pairs of words, where python3-sklearn is installed."""
    sklearn = sklearn_or_none()
    if sklearn is None:
        return {}
    from sklearn.pipeline import make_pipeline
    texts, labels = [r["text"] for r in records], [r["label"] for r in records]
    folds = sklearn.model_selection.StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    peers = {"complement naive Bayes": sklearn.naive_bayes.ComplementNB(alpha=0.3),
             "linear SVM": sklearn.svm.LinearSVC(C=0.3)}
    results = {}
    for name, peer in peers.items():
        vectorizer = sklearn.feature_extraction.text.TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))
        scores = sklearn.model_selection.cross_val_score(make_pipeline(vectorizer, peer), texts, labels, cv=folds)
        results[name] = round(100 * scores.mean(), 2)
    return results


def trained_on_huffpost(records, classes):
    sklearn = sklearn_or_none()
    if sklearn is None:
        return None
    class_of = {category: name for name, categories in classes.items() for category in categories}
    known = [r for r in huffpost() if r["category"] in class_of]
    vectorizer = sklearn.feature_extraction.text.TfidfVectorizer(sublinear_tf=True)
    vectors = vectorizer.fit_transform([f"{r['headline']} {r['short_description']}" for r in known])
    bayes = sklearn.naive_bayes.ComplementNB().fit(vectors, [class_of[r["category"]] for r in known])
    found = bayes.predict(vectorizer.transform([r["text"] for r in records]))
    return round(100 * sum(a == r["label"] for a, r in zip(found, records)) / len(records), 2)


def trainer_accuracy(records):
    lines = "".join(json.dumps(record) + "\n" for record in records)
    program = RELEASE / "src" / "app" / "tidings"
    done = subprocess.run([program, "train", "topic", "--input", "-", "--folds", str(FOLDS)], input=lines,
                          capture_output=True, text=True, check=True)
    return round(100 * json.loads(done.stdout)["accuracy"], 2)


def shipped_accuracy(records, classes):
    class_of = {topic: name for name, topics in classes.items() for topic in topics}
    lines = "".join(json.dumps({"text": record["text"], "language": "en"}) + "\n" for record in records)
    program = RELEASE / "training" / "topics" / "tidings_topics_evaluate"
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    right = 0
    for record, line in zip(records, done.stdout.splitlines()):
        topics = [t["code"][7:9] for t in json.loads(line)["topics"] if not t["code"].startswith("medtop:2")]
        found = next((class_of[topic] for topic in topics if topic in class_of), None)
        right += found == record["label"]
    return round(100 * right / len(records), 2)


def topic_trainer():
    what = f"accuracy of `tidings train topic`, {FOLDS}-fold: AG News; BBC News"
    reach = "≥ 91.0; ≥ 98.0 %"
    if not DATA.exists():
        return rows.not_measured("topic_trainer", what, reach, f"no data at {DATA}")
    sets = {"ag": ag(), "bbc": bbc()}
    measured = {name: trainer_accuracy(records) for name, records in sets.items()}
    peers = {name: cross_validated(records) for name, records in sets.items()}
    against = "; ".join(f"{name}: " + ", ".join(f"{peer} {value}" for peer, value in peers[name].items())
                        for name in sets) if peers["ag"] else "python3-sklearn is not installed"
    return rows.Row(name="topic_trainer", what=what, measured=f"{measured['ag']}; {measured['bbc']} %",
                    against=against, ratio=None, reach=reach,
                    ok=measured["ag"] >= 91.0 and measured["bbc"] >= 98.0,
                    details={"measured": measured, "peers": peers})


def topics_shipped():
    what = "accuracy of the shipped topics as classes of sets they were not trained on: AG News; BBC News"
    reach = "≥ 80; ≥ 90 %"
    if not DATA.exists():
        return rows.not_measured("topics_shipped", what, reach, f"no data at {DATA}")
    sets = {"ag": (ag(), AG_CLASSES), "bbc": (bbc(), BBC_CLASSES)}
    measured = {name: shipped_accuracy(*given) for name, given in sets.items()}
    peers = {name: trained_on_huffpost(records, HUFFPOST_CLASSES[name]) for name, (records, _) in sets.items()}
    against = (f"complement naive Bayes on HuffPost {peers['ag']}; {peers['bbc']}" if peers["ag"] is not None
               else "python3-sklearn is not installed")
    return rows.Row(name="topics_shipped", what=what, measured=f"{measured['ag']}; {measured['bbc']} %",
                    against=against, ratio=None, reach=reach, ok=measured["ag"] >= 80 and measured["bbc"] >= 90,
                    details={"measured": measured, "peers": peers})


ROWS = {"topic_trainer": topic_trainer, "topics_shipped": topics_shipped}
