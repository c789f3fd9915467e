"""Prints what was measured: a table of runs, and each target with pass or miss."""

import os
import statistics
import textwrap

from measure import Contender

HEAD = f"{'':34} {'wall s: median (min–max)':>27} {'runs':>4} {'CPU s':>8} {'peak MB':>8} {'others':>6}"


class Report:
    """Prints as it goes, and remembers whether a program failed and how many targets were missed."""

    def __init__(self):
        self.failed = False
        self.passed = []
        self.missed = []
        self.open = []

    def heading(self, text):
        load = " ".join(f"{value:.1f}" for value in os.getloadavg())
        print(f"\n== {text} (load average {load})\n", flush=True)

    def table(self, contenders):
        print(HEAD)
        for contender in contenders:
            print(row(contender), flush=True)
            self.failed |= bool(contender.lacks) and contender.lacks.startswith("FAILED")

    def most_times(self, text, ours, theirs, most):
        """Compares our time with a peer's, where we may take at most so many times as much."""
        self.target(text, ratio(ours, theirs), most=most, aside=cpu_ratio(ours, theirs))

    def least_times(self, text, ours, theirs, least):
        """Compares a slower one's time with ours, where it must take at least so many times as much."""
        self.target(text, ratio(theirs, ours), least=least, aside=cpu_ratio(theirs, ours))

    def target(self, text, value, most=None, least=None, unit="", aside=""):
        """Compares a value with its target; None when it could not be measured."""
        limit = f"target ≤ {most:,}{unit}" if least is None else f"target ≥ {least:,}{unit}"
        if value is None:
            self.open.append(text)
            print(f"  ----  {text}: not measured ({limit})", flush=True)
            return
        good = value <= most if least is None else value >= least
        (self.passed if good else self.missed).append(text)
        print(f"  {'pass' if good else 'MISS'}  {text}: {number(value)}{unit}{aside} ({limit})", flush=True)

    def note(self, text):
        print(textwrap.indent(textwrap.fill(text, 110), "        "), flush=True)

    def summary(self):
        print(f"\n{len(self.passed)} targets passed, {len(self.missed)} missed, {len(self.open)} not measured")
        for text in self.missed:
            print(f"  missed: {text}")


def row(contender):
    name = contender.name if len(contender.name) <= 34 else contender.name[:33] + "…"
    if not contender.runs:
        return f"{name:34} {'skipped: ' + (contender.lacks or 'no time')}"
    walls = contender.walls()
    wall = f"{contender.wall():.3f} ({min(walls):.3f}–{max(walls):.3f})"
    cpu = statistics.median(run.cpu for run in contender.runs)
    rss = max(run.rss for run in contender.runs) / 1e6
    others = statistics.median(run.others for run in contender.runs)
    line = f"{name:34} {wall:>27} {len(walls):>4} {cpu:>8.2f} {rss:>8.0f} {others:>6.2f}"
    return f"{line}  {contender.lacks}" if contender.lacks else line


def cpu_ratio(one, other):
    value = ratio(one, other, Contender.cpus)
    return "" if value is None else f", of CPU {number(value)}"


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def ratio(one, other, of=Contender.walls):
    """How many times as much as the other one took: the median over the rounds that both ran, so that what else the
    machine did in that minute weighs on both. None when one did not run."""
    pairs = list(zip(of(one), of(other)))
    return statistics.median(a / max(b, 1e-9) for a, b in pairs) if pairs else None
