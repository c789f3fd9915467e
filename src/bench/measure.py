"""Runs programs in turn and measures each run."""

import os
import shutil
import signal
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import Callable, Optional

TIMEOUT_SECONDS = 3600
OUT = "@OUT@"  # placeholder for the run's output folder in a candidate's arguments
DISTURBED = 0.2  # cores; with --calm, a run during which others use more is repeated
TRIES = 3
CORES = os.cpu_count()
TICKS = os.sysconf("SC_CLK_TCK")


class ProgramFailed(Exception):
    """A candidate failed, or its output is wrong."""


@dataclass
class Run:
    """The cost of one run."""

    wall: float  # seconds from start to end of the process
    cpu: float  # seconds, user and system, including all children that were waited for
    rss: int  # bytes, the peak of the largest single process
    others: float  # cores that other processes of this machine used during the run


@dataclass
class Candidate:
    """A measured program. `skip_reason` says why it is skipped, if it is; `max_runs` limits the runs of a slow one."""

    name: str
    argv: list
    stdin: Optional[str] = None
    environment: dict = field(default_factory=dict)
    keep_stdout: bool = False
    check: Callable = lambda folder, stdout: None  # raises ProgramFailed
    skip_reason: Optional[str] = None
    max_runs: Optional[int] = None
    runs: list = field(default_factory=list)

    def walls(self):
        return [run.wall for run in self.runs]

    def cpus(self):
        return [run.cpu for run in self.runs]

    def wall(self):
        return statistics.median(self.walls())


class Runner:
    """Runs candidates in a folder in memory. The server's CPU time does not count as `others`."""

    def __init__(self, folder, repeat, calm, server=None):
        self.folder = folder
        self.repeat = repeat
        self.calm = calm
        self.server = server

    def run_in_turn(self, candidates, repeat=None):
        """Runs A B C A B C …. A candidate that fails is skipped from then on, with the reason."""
        for round_number in range(repeat or self.repeat):
            for candidate in candidates:
                if candidate.skip_reason or candidate.max_runs is not None and round_number >= candidate.max_runs:
                    continue
                try:
                    candidate.runs.append(self.run(candidate))
                except ProgramFailed as failure:
                    candidate.skip_reason = f"FAILED: {failure}"

    def run(self, candidate):
        """Runs a candidate once; with `calm`, returns the least disturbed of up to three runs."""
        run = self._run(candidate)
        tries = 1
        while self.calm and run.others > DISTURBED and tries < TRIES:
            run = min(run, self._run(candidate), key=lambda each: each.others)
            tries += 1
        return run

    def _run(self, candidate):
        if self.calm:
            wait_for_calm()
        out = os.path.join(self.folder, "out")
        os.mkdir(out)
        try:
            run, stdout = self._timed(candidate, out)
            candidate.check(out, stdout)
            return run
        finally:
            shutil.rmtree(out)

    def _timed(self, candidate, out):
        argv = [part.replace(OUT, out) for part in candidate.argv]
        stdout = os.path.join(self.folder, "stdout") if candidate.keep_stdout else os.devnull
        stderr = os.path.join(self.folder, "stderr")
        with open(candidate.stdin or os.devnull) as read, open(stdout, "w") as write, open(stderr, "w") as errors:
            busy, served = busy_seconds(), self._served()
            start = time.perf_counter()
            process = subprocess.Popen(
                argv,
                stdin=read,
                stdout=write,
                stderr=errors,
                env=environment(candidate.environment),
                start_new_session=True,
            )
            status, usage = wait(process)
            wall = time.perf_counter() - start
        cpu = usage.ru_utime + usage.ru_stime
        if status != 0:
            raise ProgramFailed(f"{os.path.basename(argv[0])} ended with {status}: {last_line(stderr)}")
        others = busy_seconds() - busy - cpu - (self._served() - served)
        return Run(wall, cpu, usage.ru_maxrss * 1024, max(0.0, others / wall)), stdout

    def _served(self):
        return self.server.cpu_seconds() if self.server else 0.0


def environment(more):
    """The environment of every program: the current one without proxies, because all servers are on the loopback."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | more


def wait(process):
    """Waits for a process; kills it and its children after a timeout or an interrupt."""
    timer = threading.Timer(TIMEOUT_SECONDS, kill, [process])
    timer.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, usage
    finally:
        timer.cancel()
        if process.returncode is None:
            kill(process)


def kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def last_line(path):
    with open(path, errors="replace") as file:
        lines = [line.strip() for line in file if line.strip()]
    return lines[-1][:200] if lines else "(nothing on stderr)"


def busy_seconds():
    """The CPU seconds of all processes since boot; 0 on systems without /proc."""
    try:
        with open("/proc/stat") as file:
            ticks = [int(word) for word in file.readline().split()[1:9]]
    except OSError:
        return 0.0
    return (sum(ticks) - ticks[3] - ticks[4]) / TICKS


def wait_for_calm(tries=20):
    """Waits until nine tenths of the cores are idle for a second, for about 20 seconds at most."""
    for _ in range(tries):
        before = busy_seconds()
        time.sleep(1)
        if busy_seconds() - before <= 0.1 * CORES:
            return
