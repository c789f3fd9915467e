#!/usr/bin/env python3
"""Measures the overhead of `compare`: jobs run alone and as its only candidate, in turn.

    src/bench/overhead.py [PAIRS]     PAIRS runs of each kind, by default 7

Prints two figures for each job. Wall is the run's time without start-up; it is accurate to 3 % only on an idle machine.
CPU is the difference between a long and a short run of the job, so that the cost of starting cancels out; other
programs affect it less. Overheads above the target of 3 % are marked.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys

HOME = pathlib.Path(__file__).resolve().parents[2]
TARGET = 0.03
DELAY_MS = 20
# run.sh disables the second compiler for short fetches, but not for compare; here both use it.
ENVIRONMENT = {**os.environ, "JUGGLER_JAVA_OPTS": "-XX:TieredStopAtLevel=4"}


def run(*words):
    """The JSON that a command prints, and the CPU seconds of its process."""
    child = subprocess.Popen([HOME / "run.sh", *words], stdout=subprocess.PIPE, env=ENVIRONMENT)
    written = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(words)}: exit status {os.waitstatus_to_exitcode(status)}")
    return json.loads(written), usage.ru_utime + usage.ru_stime


def bare(job, model, number):
    report, cpu = run(*job, "--model", model, "-n", str(number), "--json", "-q")
    return report["seconds"] - report["startSeconds"], cpu


def compared(job, model, number):
    words = ["compare", "-q", "--json", "--warmup", "0", "--repeat", "1", "--models", f"{model}:{number}", "--", *job]
    shown, cpu = run(*words)
    return shown["comparisons"][0]["comparison"]["models"][0]["runs"][0]["seconds"], cpu


def added(alone, inside):
    share = statistics.median(inside) / statistics.median(alone) - 1
    verdict = "" if share < TARGET else "  ABOVE 3 %"
    return (f"alone {statistics.median(alone):.3f} s ({min(alone):.3f}–{max(alone):.3f}), compared "
            f"{statistics.median(inside):.3f} s ({min(inside):.3f}–{max(inside):.3f}), added {share:+.1%}{verdict}")


def measure(name, pairs, short, long, model, number):
    wall, cpu = {bare: [], compared: []}, {bare: [], compared: []}
    for _ in range(pairs):
        for way in (bare, compared):
            seconds, much = way(long, model, number)
            _, little = way(short, model, number)
            wall[way].append(seconds)
            cpu[way].append(much - little)
    print(f"{name}: wall {added(wall[bare], wall[compared])}", flush=True)
    print(f"{' ' * len(name)}  CPU  {added(cpu[bare], cpu[compared])}", flush=True)


def main():
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(print(__doc__))
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    pages = [sys.executable, HOME / "src/bench/pages.py", str(DELAY_MS)]
    with subprocess.Popen(pages, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as site:
        url = f"http://127.0.0.1:{site.stdout.readline().strip()}/{{a,b,c}}/"
        measure("1,500 pages", pairs, ["fetch", url + "{1..100}"], ["fetch", url + "{1..500}"], "async", 16)
        site.stdin.close()
    squares = ["compute", "square"]
    measure("22 million squares", pairs, [*squares, "1..2000000"], [*squares, "1..22000000"], "threads", 2)
    sums = ["compute", "sum-squares"]
    measure("160 sums of squares", pairs, [*sums, "50000000..50000039"], [*sums, "50000000..50000159"], "threads", 2)


main()
