"""Prints the measurements: a table of runs, and for each target whether it was met."""

import os
import statistics
import textwrap

from measure import Candidate

HEAD = f"{'':34} {'wall s: median (min–max)':>27} {'runs':>4} {'CPU s':>8} {'peak MB':>8} {'others':>6}"


class Report:
    """Prints results as they come, and counts failures and missed targets."""

    def __init__(self):
        self.failed = False
        self.passed = []
        self.missed = []
        self.open = []

    def heading(self, text):
        load = " ".join(f"{value:.1f}" for value in os.getloadavg())
        print(f"\n== {text} (load average {load})\n", flush=True)

    def table(self, candidates):
        print(HEAD)
        for candidate in candidates:
            print(row(candidate), flush=True)
            self.failed |= bool(candidate.skip_reason) and candidate.skip_reason.startswith("FAILED")

    def ratio_at_most(self, text, ours, theirs, maximum):
        """Checks that Juggler takes at most this many times as long as another program."""
        self.target(text, ratio(ours, theirs), maximum=maximum, aside=cpu_ratio(ours, theirs))

    def ratio_at_least(self, text, ours, theirs, minimum):
        """Checks that another program takes at least this many times as long as Juggler."""
        self.target(text, ratio(theirs, ours), minimum=minimum, aside=cpu_ratio(theirs, ours))

    def target(self, text, value, maximum=None, minimum=None, unit="", aside=""):
        """Compares a value with its target. The value is None if it could not be measured."""
        limit = f"target ≤ {maximum:,}{unit}" if minimum is None else f"target ≥ {minimum:,}{unit}"
        if value is None:
            self.open.append(text)
            print(f"  ----  {text}: not measured ({limit})", flush=True)
            return
        good = value <= maximum if minimum is None else value >= minimum
        (self.passed if good else self.missed).append(text)
        print(f"  {'pass' if good else 'MISS'}  {text}: {number(value)}{unit}{aside} ({limit})", flush=True)

    def note(self, text):
        print(textwrap.indent(textwrap.fill(text, 110), "        "), flush=True)

    def summary(self):
        print(f"\n{len(self.passed)} targets passed, {len(self.missed)} missed, {len(self.open)} not measured")
        for text in self.missed:
            print(f"  missed: {text}")


def row(candidate):
    name = candidate.name if len(candidate.name) <= 34 else candidate.name[:33] + "…"
    if not candidate.runs:
        return f"{name:34} {'skipped: ' + (candidate.skip_reason or 'no time')}"
    walls = candidate.walls()
    wall = f"{candidate.wall():.3f} ({min(walls):.3f}–{max(walls):.3f})"
    cpu = statistics.median(run.cpu for run in candidate.runs)
    rss = max(run.rss for run in candidate.runs) / 1e6
    others = statistics.median(run.others for run in candidate.runs)
    line = f"{name:34} {wall:>27} {len(walls):>4} {cpu:>8.2f} {rss:>8.0f} {others:>6.2f}"
    return f"{line}  {candidate.skip_reason}" if candidate.skip_reason else line


def cpu_ratio(one, other):
    value = ratio(one, other, Candidate.cpus)
    return "" if value is None else f", of CPU {number(value)}"


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def ratio(one, other, of=Candidate.walls):
    """The ratio of two candidates' costs: the median over the rounds that both ran, so that other load on the machine
    affects both. None if one did not run.
    """
    pairs = list(zip(of(one), of(other)))
    return statistics.median(a / max(b, 1e-9) for a, b in pairs) if pairs else None
