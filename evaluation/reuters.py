"""Reuters' articles of 1987 (Reuters-21578), in their order."""

import gzip
import html
import re

from text_runs import DATA


def articles():
    """(title, body) of those that have both."""
    for file in sorted((DATA / "reuters21578").glob("*.sgm.gz")):
        text = gzip.open(file).read().decode("latin-1")
        for article in re.findall(r"<REUTERS.*?</REUTERS>", text, re.S):
            title = re.search(r"<TITLE>(.*?)</TITLE>", article, re.S)
            body = re.search(r"<BODY>(.*?)</BODY>", article, re.S)
            if title and body:
                yield html.unescape(title[1]).strip(), html.unescape(body[1]).strip()
