"""Measures Juggler beside its peers; started by run.sh, which builds first and gives a folder in memory."""

import argparse
import contextlib
import os
import platform
import signal
import sys

from cluster import ClusterBenchmarks
from measure import CORES, Lab, ProgramFailed
from report import Report
from website import Site
from tools import Tools, prepare

ALL = ["start", "fetch", "bodies", "sums", "compute", "exec", "bus", "processes"]

EXPLANATION = """
Contenders run in turn, A B C A B C …, and each row shows the median (least–most) of its runs. JVM start is included.
A ratio is the median of the rounds' ratios; beside it stands the ratio of CPU time, which a busy machine disturbs
less. CPU s: user and system time of the program with its children. peak MB: the largest single process (a small
one shows about 25, which is what started it). others: how many cores this machine's other processes kept busy
meanwhile, nginx not counted, the median. Where it is well above 0.1, seconds say little: run with --calm.
"""


def arguments():
    parser = argparse.ArgumentParser(prog="run.sh", description="Measures Juggler beside its peers.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(ALL)} (default: all), or options")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, 3 repeats: do not judge targets by it")
    parser.add_argument("--repeat", type=int, metavar="R", help="runs of each contender (default 5)")
    parser.add_argument("--calm", action="store_true", help="wait, up to 20 s a run, until the machine is idle; repeat runs that were disturbed")
    parser.add_argument("--jvm", action="append", default=[], metavar="OPTS", help="for `options`: options to try")
    parser.add_argument("--juggler", default="../../run.sh", help=argparse.SUPPRESS)
    parser.add_argument("--folder", default=".", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    for name in chosen.names:
        if name not in [*ALL, "options"]:
            parser.error(f"no benchmark '{name}': give some of {', '.join(ALL)}, or options")
    if chosen.repeat is not None and chosen.repeat < 1:
        parser.error("--repeat is at least 1")
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
    lab = Lab(chosen.folder, chosen.repeat or (3 if chosen.quick else 5), chosen.calm)
    with contextlib.ExitStack() as stack:
        site = None if tools.lacks("nginx") else stack.enter_context(Site(chosen.folder))
        lab.server = site
        benchmarks = ClusterBenchmarks(juggler, lab, site, tools, report, chosen.quick, chosen.jvm)
        for name in chosen.names or ALL:
            getattr(benchmarks, name)()
    report.summary()
    return 1 if report.failed else 0


if __name__ == "__main__":
    # As an exception, so that nginx and the program that runs are ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except ProgramFailed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        sys.exit(1)
