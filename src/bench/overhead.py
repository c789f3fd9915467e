"""What `compare` adds to a bare job: the same jobs alone and as the only contender, in turn.

    src/bench/overhead.py [ROUNDS]

Each is a JVM of its own; its run's own seconds are taken, without start-up. Above the target of 3 % it says so; on a
machine that does other things too, the spread is larger than what is looked for."""

import json
import os
import pathlib
import statistics
import subprocess
import sys

HOME = pathlib.Path(__file__).resolve().parents[2]
TARGET = 0.03
DELAY_MS = 20
# run.sh leaves the second compiler out for short fetches, and never for compare: here both have it.
ENVIRONMENT = {**os.environ, "JUGGLER_JAVA_OPTS": "-XX:TieredStopAtLevel=4"}


def run(*words):
    done = subprocess.run([HOME / "run.sh", *words], stdout=subprocess.PIPE, check=True, env=ENVIRONMENT)
    return json.loads(done.stdout)


def bare(job, model, number):
    report = run(*job, "--model", model, "-n", str(number), "--json", "-q")
    return report["seconds"] - report["startSeconds"]


def compared(job, model, number):
    words = ["compare", "-q", "--json", "--warmup", "0", "--repeat", "1", "--models", f"{model}:{number}", "--", *job]
    return run(*words)["comparisons"][0]["comparison"]["models"][0]["runs"][0]["seconds"]


def measure(name, rounds, *job):
    alone, inside = [], []
    for _ in range(rounds):
        alone.append(bare(*job))
        inside.append(compared(*job))
    added = statistics.median(inside) / statistics.median(alone) - 1
    print(f"{name}: alone {statistics.median(alone):.3f} s ({min(alone):.3f}–{max(alone):.3f}), compared "
          f"{statistics.median(inside):.3f} s ({min(inside):.3f}–{max(inside):.3f}), added {added:+.1%}"
          + ("" if added < TARGET else "  ABOVE 3 %"))


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    pages = [sys.executable, HOME / "src/bench/pages.py", str(DELAY_MS)]
    with subprocess.Popen(pages, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as site:
        origin = f"http://127.0.0.1:{site.stdout.readline().strip()}"
        measure("600 pages", rounds, ["fetch", origin + "/{a,b,c}/{1..200}"], "async", 16)
        site.stdin.close()
    measure("2 million squares", rounds, ["compute", "square", "1..2000000"], "threads", 2)
    measure("40 sums of squares", rounds, ["compute", "sum-squares", "50000000..50000039"], "threads", 2)


main()
