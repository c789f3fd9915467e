"""Compares Juggler's speed with that of similar programs. Started by run.sh, which builds first and passes a folder in
memory.
"""

import argparse
import contextlib
import os
import platform
import signal
import sys

from cluster import ClusterBenchmarks
from measure import CORES, Runner, ProgramFailed
from report import Report
from website import Site
from tools import Tools, prepare

ALL = ["start", "fetch", "bodies", "sums", "compute", "exec", "bus", "processes"]

EXPLANATION = """
The candidates run in turn, A B C A B C …. Each row shows the median (min–max) of a candidate's runs, with JVM start.
A ratio is the median of the rounds' ratios, followed by the ratio of CPU times, which a busy machine affects less.
CPU s: user and system time of the program and its children. peak MB: the largest single process; a small one shows
about 25, the size of this script. others: cores used by other processes except nginx, median. If that is well above
0.1, the times are not reliable; run again with --calm.
"""

BENCHMARKS = """
benchmarks:
  start       start-up of the JVM, and one URL
  fetch       lists of small bodies, beside curl, aria2c, wget2, aiohttp and requests, and under each model
  bodies      long bodies, segments, memory, and many origins
  sums        sums of squares, beside Python's Pool
  compute     short functions by the million, with and without a journal
  exec        short programs, beside xargs and GNU parallel
  bus         tasks over the event bus, within a JVM and between JVMs, beside Pool and Dask
  processes   functions in several processes
  options     only by name: one fetch under the JVM options given with --jvm

examples:
  src/bench/run.sh --quick start fetch
  src/bench/run.sh --repeat 9 --calm compute
  src/bench/run.sh options --jvm=-XX:+UseParallelGC --jvm='-Xmx64m -XX:TieredStopAtLevel=1'

A program that is not installed is skipped with a hint. The exit code is 1 if a candidate failed; a missed target
is printed, but does not change the exit code.
"""


def arguments():
    parser = argparse.ArgumentParser(
        prog="src/bench/run.sh",
        description="Compares Juggler's speed with that of similar programs, on this machine and in the same minutes.",
        epilog=BENCHMARKS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run (default: all but options)")
    parser.add_argument("--quick", action="store_true", help="smaller sizes and 3 runs; too inaccurate for targets")
    parser.add_argument("--repeat", type=int, metavar="R", help="runs of each candidate (default: 5)")
    parser.add_argument(
        "--calm",
        action="store_true",
        help="wait up to 20 s before each run for an idle machine, and repeat disturbed runs",
    )
    parser.add_argument(
        "--jvm", action="append", default=[], metavar="OPTS", help="JVM options for the benchmark `options`; repeatable"
    )
    parser.add_argument("--juggler", default="../../run.sh", help=argparse.SUPPRESS)
    parser.add_argument("--folder", default=".", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    for name in chosen.names:
        if name not in [*ALL, "options"]:
            parser.error(f"there is no benchmark '{name}'; choose from {', '.join(ALL)} and options")
    if chosen.repeat is not None and chosen.repeat < 1:
        parser.error("--repeat must be at least 1")
    return chosen


def main():
    chosen = arguments()
    juggler = os.path.realpath(chosen.juggler)
    prepare(juggler)
    tools = Tools(juggler)
    report = Report()
    print(f"{platform.platform()}, {CORES} cores")
    print(*tools.versions(), sep="\n")
    print(EXPLANATION, flush=True)
    runner = Runner(chosen.folder, chosen.repeat or (3 if chosen.quick else 5), chosen.calm)
    with contextlib.ExitStack() as stack:
        site = None if tools.missing("nginx") else stack.enter_context(Site(chosen.folder))
        runner.server = site
        benchmarks = ClusterBenchmarks(juggler, runner, site, tools, report, chosen.quick, chosen.jvm)
        for name in chosen.names or ALL:
            getattr(benchmarks, name)()
    report.summary()
    return 1 if report.failed else 0


if __name__ == "__main__":
    # Raises an exception, so that nginx and the running program are ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except ProgramFailed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        sys.exit(1)
