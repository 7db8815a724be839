#!/usr/bin/env python3
"""Tidings beside nginx in one run: cached answers, cached under load, uncached with a filter.

    bench/serve_bench.py --load build/release/bench/load/tidings_load --url http://127.0.0.1:8080 --pid PID

Fetches the article list once, has nginx serve the same bytes with the same header fields from a file, and asks
both with the same generator, in turns. Prints one JSON object a line; the last one sums up with ratios. Needs
nginx (Debian package nginx-light) and nothing beyond the standard library.
"""
import argparse
import datetime
import json
import pathlib
import random
import shutil
import statistics
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "ru", "ja"]  # of the publisher's generated feeds
# Written by nginx itself, or about the connection.
OWN_FIELDS = {"date", "connection", "content-length", "content-type", "etag", "last-modified", "server"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """As Debian ships it, with a worker per core, without an access log: neither side writes one."""

    def __init__(self, body, headers):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="serve_bench_"))
        self.folder.chmod(0o755)  # its workers may run as another user
        self.port = free_port()
        (self.folder / "list.json").write_bytes(body)
        fields = "".join(
            f"add_header {name} {json.dumps(value)};\n"
            for name, value in headers if name.lower() not in OWN_FIELDS)
        config = self.folder / "nginx.conf"
        config.write_text(f"""
            daemon off; pid {self.folder}/pid; error_log stderr error;
            worker_processes auto;
            events {{ worker_connections 4096; }}
            http {{
              access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
              keepalive_requests 100000000; types {{ application/json json; }}
              client_body_temp_path {self.folder}/a; proxy_temp_path {self.folder}/b;
              fastcgi_temp_path {self.folder}/c; uwsgi_temp_path {self.folder}/d; scgi_temp_path {self.folder}/e;
              open_file_cache max=16;
              server {{ listen 127.0.0.1:{self.port}; root {self.folder}; {fields} }}
            }}""")
        self.process = subprocess.Popen(["nginx", "-c", str(config), "-p", str(self.folder)])
        self.url = f"http://127.0.0.1:{self.port}/list.json"
        for _ in range(100):
            try:
                if urllib.request.urlopen(self.url).read() == body:
                    return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("nginx did not serve the file")

    def stop(self):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(10)
        shutil.rmtree(self.folder)


def load(program, name, pid, *flags):
    command = [program, "--name", name, "--server-pid", str(pid), *map(str, flags)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if not run.stdout:
        raise SystemExit(f"{' '.join(command)}: {run.stderr}")
    print(run.stdout, end="", flush=True)
    return json.loads(run.stdout)


def pages(url, count):
    """Addresses of filtered lists that the cache cannot have, since none comes twice: every language, from the newest
    article and from anywhere in time, alone and with a bound on the other side."""
    first, last = span(url)
    random.seed(1)
    addresses = set()
    while len(addresses) < count:
        language = random.choice(LANGUAGES)
        until, since = time_text(random.uniform(first, last)), time_text(random.uniform(first, last))
        addresses.add(url + random.choice([
            f"/api/v1/articles?language={language}&since={min(since, until)}",
            f"/api/v1/articles?language={language}&until={until}",
            f"/api/v1/articles?language={language}&since={min(since, until)}&until={max(since, until)}"]))
    return sorted(addresses, key=lambda _: random.random())


def span(url):
    """When the oldest and the newest article of the installation were published, in seconds."""
    def published(query):
        with urllib.request.urlopen(f"{url}/api/v1/articles?limit=1{query}") as answer:
            found = json.load(answer)["articles"]
        return found and datetime.datetime.fromisoformat(found[0]["published"].replace("Z", "+00:00")).timestamp()
    newest = published("")
    lower, upper = 0, newest
    while upper - lower > 60:
        middle = (lower + upper) / 2
        if published("&until=" + time_text(middle)):
            upper = middle
        else:
            lower = middle
    return upper, newest


def time_text(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def median(results, field):
    return statistics.median(result[field] for result in results)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--load", required=True, help="the tidings_load program")
    parser.add_argument("--url", required=True, help="of a running Tidings, without a slash at its end")
    parser.add_argument("--pid", required=True, type=int, help="its process")
    parser.add_argument("--target", default="/api/v1/articles?language=en", help="the cached list")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()

    url = options.url + options.target
    with urllib.request.urlopen(url) as answer:
        body, headers = answer.read(), answer.getheaders()
    nginx = Nginx(body, headers)
    both = [("tidings", url, options.pid), ("nginx", nginx.url, nginx.process.pid)]
    common = ["--seconds", options.seconds, "--connections", options.connections]
    results = {}
    try:
        for _ in range(options.rounds):
            for who, address, pid in both:
                results.setdefault(f"cpu {who}", []).append(
                    load(options.load, f"cached, closed loop: {who}", pid, "--closed", "--url", address, *common))
            for who, address, pid in both:
                results.setdefault(f"open {who}", []).append(
                    load(options.load, f"cached, 10,000/s: {who}", pid, "--rate", 10000, "--url", address, *common))
            with tempfile.NamedTemporaryFile("w", suffix=".urls") as file:
                rate = 2000
                # More than are asked in warm-up and run together: none is asked twice.
                file.write("\n".join(pages(options.url, int(rate * (options.seconds + 2)))) + "\n")
                file.flush()
                results.setdefault("uncached", []).append(
                    load(options.load, "uncached with a filter, 2,000/s", options.pid, "--rate", rate,
                         "--urls", file.name, *common))
            results.setdefault("cached", []).append(
                load(options.load, "cached, 2,000/s", options.pid, "--rate", 2000, "--url", url, *common))
    finally:
        nginx.stop()

    cpu = {who: median(results[f"cpu {who}"], "server_cpu_us_per_request") for who in ("tidings", "nginx")}
    p99 = {who: median(results[f"open {who}"], "p99_ms") for who in ("tidings", "nginx")}
    uncached, cached = median(results["uncached"], "p99_ms"), median(results["cached"], "p99_ms")
    errors = sum(one["errors"] + one["not_ok"] for runs in results.values() for one in runs)
    print(json.dumps({
        "name": "summary",
        "body_bytes": len(body),
        "cached_cpu_us": cpu, "cached_cpu_ratio": round(cpu["tidings"] / cpu["nginx"], 3), "cached_cpu_ratio_max": 1.5,
        "open_loop_p99_ms": p99, "open_loop_p99_ratio": round(p99["tidings"] / p99["nginx"], 3),
        "open_loop_p99_ratio_max": 1.5, "open_loop_p99_ms_max": 10,
        "uncached_p99_ms": uncached, "cached_p99_ms": cached, "uncached_ratio": round(uncached / cached, 3),
        "uncached_ratio_max": 3, "errors": errors}))
    return 0 if errors == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
