"""Runs programs in turn and keeps what each run cost."""

import os
import shutil
import signal
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import Callable, Optional

GIVE_UP_SECONDS = 3600
OUT = "@OUT@"  # stands for the run's own folder in the arguments of a contender
DISTURBED = 0.2  # cores; when others use more, a run with --calm is done again
TRIES = 3
CORES = os.cpu_count()
TICKS = os.sysconf("SC_CLK_TCK")


class ProgramFailed(Exception):
    """A contender ended with an error, or its output is wrong."""


@dataclass
class Run:
    """What one run cost."""

    wall: float  # seconds, from start to end of the process
    cpu: float  # seconds, user and system, with all children that were waited for
    rss: int  # bytes, the peak of the largest single process
    others: float  # cores that other processes of this machine kept busy meanwhile


@dataclass
class Contender:
    """A program that is timed. `lacks` says why it cannot be, if so; `at_most` limits the repeats of a slow one."""

    name: str
    argv: list
    stdin: Optional[str] = None
    environment: dict = field(default_factory=dict)
    keep_stdout: bool = False
    check: Callable = lambda folder, stdout: None  # raises ProgramFailed
    lacks: Optional[str] = None
    at_most: Optional[int] = None
    runs: list = field(default_factory=list)

    def walls(self):
        return [run.wall for run in self.runs]

    def cpus(self):
        return [run.cpu for run in self.runs]

    def wall(self):
        return statistics.median(self.walls())


class Lab:
    """Where runs happen: a folder in memory, the number of repeats, and the server whose CPU time is not `others`."""

    def __init__(self, folder, repeat, calm, server=None):
        self.folder = folder
        self.repeat = repeat
        self.calm = calm
        self.server = server

    def race(self, contenders, repeat=None):
        """Runs A B C A B C …; a contender that fails drops out, with the reason."""
        for round_number in range(repeat or self.repeat):
            for contender in contenders:
                if contender.lacks or contender.at_most is not None and round_number >= contender.at_most:
                    continue
                try:
                    contender.runs.append(self.run(contender))
                except ProgramFailed as failure:
                    contender.lacks = f"FAILED: {failure}"

    def run(self, contender):
        """One run; with `calm` the least disturbed of several, if others would not be quiet."""
        run = self._run(contender)
        tries = 1
        while self.calm and run.others > DISTURBED and tries < TRIES:
            run = min(run, self._run(contender), key=lambda each: each.others)
            tries += 1
        return run

    def _run(self, contender):
        if self.calm:
            wait_for_calm()
        out = os.path.join(self.folder, "out")
        os.mkdir(out)
        try:
            run, stdout = self._timed(contender, out)
            contender.check(out, stdout)
            return run
        finally:
            shutil.rmtree(out)

    def _timed(self, contender, out):
        argv = [part.replace(OUT, out) for part in contender.argv]
        stdout = os.path.join(self.folder, "stdout") if contender.keep_stdout else os.devnull
        stderr = os.path.join(self.folder, "stderr")
        with open(contender.stdin or os.devnull) as read, open(stdout, "w") as write, open(stderr, "w") as errors:
            busy, served = busy_seconds(), self._served()
            start = time.perf_counter()
            process = subprocess.Popen(
                argv,
                stdin=read,
                stdout=write,
                stderr=errors,
                env=environment(contender.environment),
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
    """The environment of every program: ours without proxies, since all servers are on the loopback."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | more


def wait(process):
    """Waits for a process; ends it, with its children, when this takes too long or we are interrupted."""
    timer = threading.Timer(GIVE_UP_SECONDS, kill, [process])
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
    """CPU seconds that this machine's cores were busy since boot; 0 where there is no /proc."""
    try:
        with open("/proc/stat") as file:
            ticks = [int(word) for word in file.readline().split()[1:9]]
    except OSError:
        return 0.0
    return (sum(ticks) - ticks[3] - ticks[4]) / TICKS


def wait_for_calm(tries=20):
    """Waits until others leave nine tenths of the cores idle for a second; gives up after about 20 seconds."""
    for _ in range(tries):
        before = busy_seconds()
        time.sleep(1)
        if busy_seconds() - before <= 0.1 * CORES:
            return
