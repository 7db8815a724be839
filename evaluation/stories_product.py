"""Stories in the product: a stream of headlines, once uninterrupted, once with the server killed again and again, once made anew."""

import shutil
import sqlite3

from analyze_product import write_feeds
from rows import Row, not_measured
from setup import installation, publisher, wait_for_stored, wait_until, work_folder
from stories import headlines
from text_runs import DATA

NAME = "stories_restart"
WHAT = "the stories of 2,542 headlines in the product: server killed nine times in the middle, and made anew, against uninterrupted"
REACH = "identical"
KILLS = 9
COLUMNS = "article_id, story_id, copy_of, similarity, next_similarity"


def placed(home):
    with sqlite3.connect(f"file:{home.folder / 'tidings.db'}?mode=ro", uri=True) as database:
        return database.execute(f"SELECT {COLUMNS} FROM story_articles ORDER BY article_id").fetchall()


def group(home, articles, kill=False):
    """A server that only processes, until so many articles have a place."""
    server = home.serve(options=("--roles", "process,serve"))
    wait_until(f"{articles} articles are in stories", patience_s=600, pause_s=0.01, condition=lambda: len(placed(home)) >= articles)
    if kill:
        server.kill()
    else:
        server.terminate()


def measure():
    if not (DATA / "stories").is_dir():
        return not_measured(NAME, WHAT, REACH, f"no streams at {DATA}")
    folder = work_folder()
    titles = [(article["title"], "") for article, _ in headlines()]
    write_feeds(folder / "feeds", titles)
    with publisher("--folder", folder / "feeds") as origin, installation(folder / "once") as once:
        once.follow(origin)
        server = once.serve(options=("--roles", "fetch,serve"))
        wait_for_stored(server, len(titles))
        server.terminate()
        shutil.copytree(once.folder, folder / "killed")
        with installation(folder / "killed") as killed:
            for kill in range(1, KILLS + 1):
                group(killed, len(titles) * kill // (KILLS + 1), kill=True)
            group(killed, len(titles))
            after_kills = placed(killed)
        group(once, len(titles))
        uninterrupted = placed(once)
        done = once.run("stories", "rebuild")
        if done.returncode != 0:
            raise SystemExit(done.stderr.decode())
        anew = placed(once)
    stories = len({story for _, story, *_ in uninterrupted})
    same = [sum(a == b for a, b in zip(uninterrupted, other)) for other in (after_kills, anew)]
    return Row(name=NAME, what=WHAT, measured=f"{same[0]:,} and {same[1]:,} of {len(uninterrupted):,} places identical (story, copy, similarities); {stories:,} stories",
               against="uninterrupted", ratio=min(same) / len(uninterrupted), reach=REACH,
               ok=len(titles) == len(uninterrupted) and uninterrupted == after_kills == anew)


ROWS = {NAME: measure}
