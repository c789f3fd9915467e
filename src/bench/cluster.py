"""Benchmarks of the event bus and of processes: tasks that do almost nothing, and functions that use all cores."""

import statistics
import subprocess
import time

from benchmarks import Benchmarks, rate
from measure import CORES

PROCESSES = ["-m", "processes", "-n", str(CORES)]


class ClusterBenchmarks(Benchmarks):
    """The benchmarks of jobs whose tasks go over the event bus, within a JVM and between JVMs."""

    def bus(self):
        """Tasks per second, one in each message and in chunks, within the JVM and to other JVMs."""
        small, large = (200_000, 500_000) if self.quick else (2_000_000, 10_000_000)
        self.report.heading(f"the bus: square, {small:,} tasks one a message, {large:,} in chunks")
        here, there = [], PROCESSES
        start_here = self.square("start", 1, here)
        start_there = self.square("processes: start", 1, there)
        here_one = self.square("--chunk 1", small, [*here, "--chunk", "1"])
        here_many = self.square("chunks", large, here)
        there_one = self.square("processes --chunk 1", small, [*there, "--chunk", "1"])
        there_many = self.square("processes, chunks", large, there)
        peers = self.peers(small)
        candidates = [start_here, start_there, here_one, here_many, there_one, there_many, *peers]
        self.runner.run_in_turn(candidates)
        self.report.table(candidates)
        self.report.note("rates of juggler are without the start: the time of one task is subtracted")
        self.rate("one a message, this JVM", small, here_one, start_here, 300_000)
        self.rate("one a message, other JVMs", small, there_one, start_there, 50_000)
        self.rate("chunks, this JVM", large, here_many, start_here, 1_000_000)
        self.rate("chunks, other JVMs", large, there_many, start_there, 500_000)
        for peer, count in zip(peers, self.peer_counts(small)):
            if peer.runs:
                self.report.note(f"{peer.name}: {count / peer.wall():,.0f} tasks/s, start included")
        self.report.target("a pool's first answer, from the command", self.first_answer(), maximum=1.5, unit=" s")

    def first_answer(self):
        """Median seconds until the first line of output. The end of the JVMs is not measured, but awaited."""
        seconds = []
        for _ in range(2 * self.runner.repeat + 1):
            began = time.monotonic()
            words = [self.juggler, "compute", "-q", "square", "1..2", "--chunk", "1", *PROCESSES]
            with subprocess.Popen(words, stdout=subprocess.PIPE) as run:
                run.stdout.readline()
                seconds.append(time.monotonic() - began)
                run.stdout.read()
        return statistics.median(seconds)

    def square(self, name, count, options):
        return self.ours(name, "compute", "-q", "square", f"1..{count}", *options)

    def rate(self, name, count, candidate, start, minimum):
        value = rate(count, candidate, start) if candidate.runs and start.runs else None
        cpu = f", {statistics.median(candidate.cpus()) / count * 1e6:.1f} µs CPU a task" if candidate.runs else ""
        self.report.target(name, value, minimum=minimum, unit=" tasks/s", aside=cpu)

    @staticmethod
    def peer_counts(count):
        return [count // 10, count, 20_000]

    def peers(self, count):
        one, many, dask = self.peer_counts(count)
        return [
            self.python("Pool.map, chunksize 1", "pool_square.py", str(one), "1"),
            self.python("Pool.map", "pool_square.py", str(many), "0"),
            self.python("Dask", "dask_square.py", str(dask), str(CORES), needs="python3-distributed"),
        ]

    def processes(self):
        """Sums of squares in one process and in several, without start-up."""
        size = 20_000_000 if self.quick else 200_000_000
        numbers = f"{size}..{size + 19}"
        self.report.heading(f"sum-squares {numbers}: sequential beside {CORES} processes")
        alone, pool = ["-m", "sequential"], PROCESSES
        start_alone = self.square("sequential: start", 1, alone)
        start_pool = self.square("processes: start", 1, pool)
        sums_alone = self.ours("sequential", "compute", "-q", "sum-squares", numbers, *alone)
        sums_pool = self.ours("processes", "compute", "-q", "sum-squares", numbers, *pool)
        candidates = [start_alone, start_pool, sums_alone, sums_pool]
        self.runner.run_in_turn(candidates)
        self.report.table(candidates)
        rounds = list(zip(sums_alone.walls(), start_alone.walls(), sums_pool.walls(), start_pool.walls()))
        gain = statistics.median((a - b) / (c - d) for a, b, c, d in rounds) if rounds else None
        self.report.target(f"{CORES} processes / sequential", gain, minimum=0.9 * CORES, unit=" ×")
