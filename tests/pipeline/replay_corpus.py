"""Gives every file below some folders to `tidings parse` and `tidings sanitize`: none may crash or take long.

  replay_corpus.py BINARY FOLDER…
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys

SECONDS_MAX = 30  # a sanitized build on a busy machine; the slowest document takes far less


def replay(binary, path):
    """What went wrong with the file, or nothing."""
    for command in ("parse", "sanitize"):
        try:
            done = subprocess.run([binary, command, str(path)], capture_output=True, timeout=SECONDS_MAX)
        except subprocess.TimeoutExpired:
            return f"{path}: {command} took more than {SECONDS_MAX} s"
        if done.returncode not in (0, 1):
            return f"{path}: {command} ended with {done.returncode}: {done.stderr[-2000:].decode(errors='replace')}"
    return None


def main(binary, *folders):
    files = [path for folder in folders for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()]
    if not files:
        print("replay_corpus: no files", file=sys.stderr)
        return 1
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        faults = [fault for fault in pool.map(lambda path: replay(binary, path), files) if fault]
    print(*faults, f"{len(files)} files, {len(faults)} faults", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
