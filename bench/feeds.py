"""Writes the feeds that a refresh is measured with: RSS 2.0, which every reader knows, the same bytes for each."""

import pathlib
import random

WORDS = ("council river vote harbor minister storm market teacher border vaccine orchestra satellite bridge election "
         "farmer energy museum court harvest railway glacier budget stadium hospital treaty senate volcano library "
         "factory coalition drought festival announced rejected opened measured warned found signed delayed published "
         "approved expects denied restored doubled halved followed reported the a this their another every first "
         "second largest new public regional independent early quiet rising historic and but while after before "
         "because near against without during for with of to in from under between Zürich Kraków Málaga").split()


def words(dice, count):
    return " ".join(dice.choice(WORDS) for _ in range(count))


def item(dice, host, number, size_bytes):
    html = ""
    while len(html) < size_bytes - 620:
        html += (f"<p>{words(dice, 18)}, <a href=\"https://{host}/tags/{dice.choice(WORDS)}\">{words(dice, 3)}</a> "
                 f"&amp; <strong>{words(dice, 2)}</strong>. {words(dice, 14)}.</p>\n")
    day, hour, minute = 1 + number % 28, dice.randrange(24), dice.randrange(60)
    return (f"<item><title>{words(dice, 8)}</title><link>https://{host}/{number}/{dice.choice(WORDS)}</link>"
            f"<guid isPermaLink=\"false\">{host}-{number}</guid><dc:creator>{words(dice, 2)}</dc:creator>"
            f"<category>{dice.choice(WORDS)}</category><pubDate>{day:02} Oct 2026 {hour:02}:{minute:02}:00 GMT</pubDate>"
            f"<description>{words(dice, 20)}</description><content:encoded><![CDATA[{html}]]></content:encoded></item>\n")


def write(folder, feeds, items, item_bytes, seed=1):
    """`feeds` files below `folder`; returns how many bytes they have together."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for feed in range(feeds):
        dice = random.Random(seed * 1_000_003 + feed)
        host = f"reader-{feed}.test"
        text = ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
                "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>"
                f"<title>Feed {feed}</title><link>https://{host}/</link><description>Made up.</description>\n")
        text += "".join(item(dice, host, number, item_bytes) for number in range(items)) + "</channel></rss>\n"
        total += (folder / f"reader-{feed}.rss").write_bytes(text.encode())
    return total
