"""The benchmarks within one JVM: their candidates and targets."""

import json
import os
import statistics
import subprocess

from bodies import Bodies
from measure import OUT, Candidate, ProgramFailed, environment
from report import cpu_ratio, ratio
from website import BODY, saved

IN_FLIGHT = 64


class Benchmarks:
    """The benchmarks, with a runner, a site (None without nginx) and the installed tools."""

    def __init__(self, juggler, runner, site, tools, report, quick, variants):
        self.juggler = juggler
        self.runner = runner
        self.site = site
        self.tools = tools
        self.report = report
        self.quick = quick
        self.variants = variants

    def ours(self, name, *arguments, **more):
        return Candidate(f"juggler {name}", [self.juggler, *arguments], **more)

    def peer(self, name, tool, *arguments, **more):
        return Candidate(name, [self.tools.path(tool), *arguments], skip_reason=self.tools.missing(tool), **more)

    def python(self, name, program, *arguments, needs="python3", **more):
        path = self.tools.peer(program)
        return Candidate(name, [self.tools.python, path, *arguments], skip_reason=self.tools.missing(needs), **more)

    # --- start -------------------------------------------------------------------------------------------------------

    def start(self):
        self.report.heading("start: the JVM, and one URL")
        java = self.peer("java -version", "java", "-version")
        version = self.ours("--version", "--version")
        candidates = [java, version]
        one = None
        if self.site:
            one = self.ours("fetch, one URL", "fetch", self.site.url(0))
            candidates += [one, self.peer("curl, one URL", "curl", "-s", self.site.url(0))]
        self.runner.run_in_turn(candidates, 2 * self.runner.repeat)
        self.report.table(candidates)
        self.report.ratio_at_most("--version / java -version", version, java, 4)
        self.report.target("one URL", one.wall() if one and one.runs else None, maximum=0.5, unit=" s")
        self.cross_check(["java", "-version"], ["juggler", "--version"])

    def cross_check(self, *commands):
        """Measures the commands with hyperfine too, one after the other."""
        if self.tools.missing("hyperfine"):
            self.report.note(f"no cross-check: {self.tools.missing('hyperfine')}")
            return
        where = {"java": self.tools.path("java"), "juggler": self.juggler}
        lines = [" ".join([where[name], *rest]) for name, *rest in commands]
        result = os.path.join(self.runner.folder, "hyperfine.json")
        options = ["-N", "--style", "none", "--warmup", "1", "--runs", "10", "--export-json", result]
        subprocess.run([self.tools.path("hyperfine"), *options, *lines], check=True, env=environment({}))
        with open(result) as file:
            medians = [entry["median"] for entry in json.load(file)["results"]]
        text = ", ".join(f"{' '.join(command)} {median:.3f} s" for command, median in zip(commands, medians))
        self.report.note(f"hyperfine, median of 10 each: {text}")

    # --- fetch -------------------------------------------------------------------------------------------------------

    def fetch(self):
        if not self.site:
            self.report.heading("fetch")
            self.report.note(f"skipped: {self.tools.missing('nginx')}")
            return
        self.fetch_beside_peers(2_000 if self.quick else 10_000)
        self.fetch_many(20_000 if self.quick else 100_000)
        self.models(2_000 if self.quick else 10_000)
        sizes = [100, 1_000, 5_000] if self.quick else [100, 1_000, 10_000, 100_000]
        for count in sizes:
            self.threads_beside_namesake(count)

    def our_fetch(self, name, count, *options, **more):
        arguments = ["fetch", *options, "-i", self.site.urls(count), "-o", OUT]
        return self.ours(name, *arguments, check=saved(count), **more)

    def curl(self, count):
        options = ["-sS", "--fail", "-Z", "--parallel-max", str(IN_FLIGHT), "--output-dir", OUT]
        arguments = [*options, "-K", self.site.curl_config(count)]
        return self.peer(f"curl -Z --parallel-max {IN_FLIGHT}", "curl", *arguments, check=saved(count))

    def aria2c(self, count):
        options = [f"-j{IN_FLIGHT}", "-d", OUT, "--file-allocation=none", "--no-conf", "--quiet"]
        inputs = ["-i", self.site.urls(count)]
        return self.peer(f"aria2c -j{IN_FLIGHT}", "aria2c", *options, *inputs, check=saved(count))

    def wget2(self, count):
        options = ["-q", "--no-config", f"--max-threads={IN_FLIGHT}", "-P", OUT, "-i", self.site.urls(count)]
        return self.peer(f"wget2 --max-threads={IN_FLIGHT}", "wget2", *options, check=saved(count))

    def requests(self, count, **more):
        return self.python(
            "python requests, 5 threads",
            "requests_fetch.py",
            self.site.urls(count),
            OUT,
            "5",
            needs="python3-requests",
            check=saved(count),
            **more,
        )

    def aiohttp(self, count):
        return self.python(
            f"python aiohttp, {IN_FLIGHT} in flight",
            "aiohttp_fetch.py",
            self.site.urls(count),
            OUT,
            str(IN_FLIGHT),
            needs="python3-aiohttp",
            check=saved(count),
        )

    def fetch_beside_peers(self, count):
        self.report.heading(f"fetch: {count:,} bodies of {BODY:,} bytes, {IN_FLIGHT} in flight, saved")
        ours = self.our_fetch("async", count, "-n", str(IN_FLIGHT))
        curl, aria2c, aiohttp = self.curl(count), self.aria2c(count), self.aiohttp(count)
        requests = self.requests(count, max_runs=3)
        candidates = [ours, curl, aria2c, self.wget2(count), aiohttp, requests]
        self.runner.run_in_turn(candidates)
        self.report.table(candidates)
        self.report.ratio_at_most(f"{count:,}: juggler / curl -Z", ours, curl, 2)
        self.report.ratio_at_most(f"{count:,}: juggler / aria2c", ours, aria2c, 1)
        self.report.ratio_at_least(f"{count:,}: aiohttp / juggler", ours, aiohttp, 2)
        self.report.ratio_at_least(f"{count:,}: requests / juggler", ours, requests, 6)

    def fetch_many(self, count):
        self.report.heading(f"fetch: {count:,} bodies of {BODY:,} bytes, {IN_FLIGHT} in flight, saved")
        ours, curl = self.our_fetch("async", count, "-n", str(IN_FLIGHT)), self.curl(count)
        self.runner.run_in_turn([ours, curl])
        self.report.table([ours, curl])
        self.report.ratio_at_most(f"{count:,}: juggler / curl -Z", ours, curl, 1.2)

    def models(self, count):
        self.report.heading(f"fetch: {count:,} bodies by each model, saved")
        wide = str(IN_FLIGHT)
        candidates = [
            self.our_fetch(f"{model} -n {wide}", count, "-m", model, "-n", wide)
            for model in ("async", "threads", "virtual")
        ]
        candidates.append(self.our_fetch("sequential", count, "-m", "sequential"))
        self.runner.run_in_turn(candidates)
        self.report.table(candidates)
        best = min((each for each in candidates if each.runs), key=Candidate.wall, default=None)
        for each in candidates:
            if each is not best and each.runs:
                self.report.note(f"{each.name} / {best.name}: {ratio(each, best):.2f}{cpu_ratio(each, best)}")

    def threads_beside_namesake(self, count):
        self.report.heading(f"fetch: {count:,} bodies with 5 threads, saved, beside Python's namesake")
        ours = self.our_fetch("threads -n 5", count, "-m", "threads", "-n", "5")
        theirs = self.requests(count, max_runs=1 if count > 10_000 else 3 if count > 1_000 else None)
        self.runner.run_in_turn([ours, theirs])
        self.report.table([ours, theirs])
        self.report.ratio_at_most(f"threads at {count:,}: juggler / requests", ours, theirs, 1)

    # --- long bodies and many origins --------------------------------------------------------------------------------

    def bodies(self):
        Bodies(self).run()

    # --- compute -----------------------------------------------------------------------------------------------------

    def sums(self):
        first = 10_000_000 if self.quick else 50_000_000
        last = first + 19
        self.report.heading(f"workload 4: sums of squares below each of {first:,} … {last:,}")
        answer = sorted(str((n - 1) * n * (2 * n - 1) // 6) for n in range(first, last + 1))
        more = {"keep_stdout": True, "check": prints(answer)}
        inputs = ["compute", "sum-squares", f"{first}..{last}"]
        threads = self.ours("threads -n 2", *inputs, "-m", "threads", "-n", "2", **more)
        sequential = self.ours("sequential", *inputs, "-m", "sequential", **more)
        pool = self.python("python Pool", "pool_sum_squares.py", str(first), str(last), max_runs=1, **more)
        self.runner.run_in_turn([threads, sequential, pool])
        self.report.table([threads, sequential, pool])
        self.report.ratio_at_least("sums: sequential / threads", threads, sequential, 1.8)
        self.report.ratio_at_least("sums: Pool / threads", threads, pool, 20)

    def compute(self):
        count = 200_000 if self.quick else 1_000_000
        self.report.heading(f"compute square 1..{count:,}, results to /dev/null")
        one = self.ours("compute square 1..1", "compute", "square", "1..1")
        all_ = self.ours(f"compute square 1..{count}", "compute", "square", f"1..{count}")
        journal = os.path.join(OUT, "journal.jsonl")
        kept = self.ours("… with --journal", "compute", "square", f"1..{count}", "--journal", journal)
        default = self.python("python Pool.map", "pool_square.py", str(count), "0")
        single = self.python("python Pool.map, chunksize 1", "pool_square.py", str(count), "1", max_runs=1)
        candidates = [one, all_, kept, default, single]
        self.runner.run_in_turn(candidates)
        self.report.table(candidates)
        self.report.note("rates of juggler are after the start: the time of `compute square 1..1` is subtracted")
        self.report.target("compute", rate(count, all_, one), minimum=1_000_000, unit=" tasks/s")
        self.report.target("compute --journal", rate(count, kept, one), minimum=200_000, unit=" tasks/s")
        self.report.target("compute: peak memory", peak(all_), maximum=400, unit=" MB")
        for each in (default, single):
            if each.runs:
                self.report.note(f"{each.name}: {count / each.wall():,.0f} tasks/s, start included")
        if not self.quick:
            self.compute_many(100_000_000, one)

    def compute_many(self, count, one):
        self.report.heading(f"compute square 1..{count:,}, once")
        many = self.ours(f"compute square 1..{count}", "compute", "square", f"1..{count}")
        self.runner.run_in_turn([many], 1)
        self.report.table([many])
        self.report.target(f"compute {count:,}", rate(count, many, one), minimum=1_000_000, unit=" tasks/s")
        self.report.target(f"compute {count:,}: peak memory", peak(many), maximum=400, unit=" MB")

    # --- exec --------------------------------------------------------------------------------------------------------

    def exec(self):
        count = 500 if self.quick else 2_000
        self.report.heading(f"exec: {count:,} × true, two at a time")
        inputs = os.path.join(self.runner.folder, "inputs")
        with open(inputs, "w") as file:
            file.writelines(f"{number}\n" for number in range(1, count + 1))
        ours = self.ours("exec -n 2", "exec", "-n", "2", f"1..{count}", "--", "true")
        loop = self.tools.peer("ExecLoop.java")
        candidates = [
            ours,
            self.peer("xargs -P2 -n1", "xargs", "-P2", "-n1", "true", stdin=inputs),
            self.peer("parallel -j2", "parallel", "-j2", "true", stdin=inputs),
            self.peer("java ExecLoop.java, 2 threads", "java", loop, str(count), "2", "true"),
        ]
        self.runner.run_in_turn(candidates)
        self.report.table(candidates)
        for each in candidates[1:]:
            if each.runs:
                self.report.note(
                    f"{each.name}: {1000 * each.wall() / count:.2f} ms a task; juggler / it {ratio(ours, each):.2f}"
                )
        value = 1000 * ours.wall() / count if ours.runs else None
        self.report.target("exec", value, maximum=1, unit=" ms a task")

    # --- the JVM's options, only by name ----------------------------------------------------------------------------

    def options(self):
        """Compares a fetch under each set of JVM options with the default."""
        for count in (2_000, 20_000) if self.quick else (10_000, 100_000):
            self.report.heading(f"fetch: {count:,} bodies, {IN_FLIGHT} in flight, under options of the JVM")
            wide = ["-n", str(IN_FLIGHT)]
            candidates = [
                self.our_fetch(text or "(default)", count, *wide, environment={"JUGGLER_JAVA_OPTS": text})
                for text in ["", *self.variants]
            ]
            self.runner.run_in_turn(candidates)
            self.report.table(candidates)
            for each in candidates[1:]:
                if each.runs:
                    cpu = cpu_ratio(each, candidates[0])
                    self.report.note(f"{each.name} / default: {ratio(each, candidates[0]):.2f}{cpu}")


def prints(lines):
    """A check that the output consists of these lines, in any order."""

    def check(_, stdout):
        with open(stdout) as file:
            if sorted(file.read().split()) != lines:
                raise ProgramFailed("the results are wrong")

    return check


def rate(count, all_, one):
    """Tasks per second, without the time of a run with a single task."""
    pairs = list(zip(all_.walls(), one.walls()))
    return statistics.median(count / (a - b) for a, b in pairs) if pairs else None


def peak(candidate):
    return max(run.rss for run in candidate.runs) / 1e6 if candidate.runs else None
