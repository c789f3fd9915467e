#!/usr/bin/env python3
"""Measures how fast the work of a killed process continues elsewhere.

    src/bench/takeover.py [ROUNDS]     ROUNDS of each measurement, by default 3

Owner: the owner of a job is killed, one of three nodes; measured is the time until `watch` reports a new owner. Worker:
one of a run's two processes is killed; measured is the time until its task starts elsewhere. Both use kill -9 on the
loopback interface. Targets: 15 s for owners, 3 s for workers.
"""

import datetime
import json
import os
import pathlib
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from tools import prepare

HOME = pathlib.Path(__file__).resolve().parents[2]
NODES = 3
OWNER_TARGET, WORKER_TARGET = 15, 3

CLUSTER = """<hazelcast xmlns="http://www.hazelcast.com/schema/config">
  <cluster-name>{name}</cluster-name>
  <network>
    <port port-count="10">{port}</port>
    <join>
      <auto-detection enabled="false"/><multicast enabled="false"/>
      <tcp-ip enabled="true"><member-list>{members}</member-list></tcp-ip>
    </join>
    <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
  </network>
</hazelcast>
"""


def start(*words, **more):
    return subprocess.Popen([HOME / "run.sh", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def line_with(stream, text):
    for line in stream:
        if text in line:
            return line
    raise SystemExit(f"takeover: no line of output contains '{text}'")


class Nodes:
    """Three nodes with their own settings, killed at the end of a `with` block."""

    def __init__(self, folder):
        self.name, self.port, self.nodes = f"bench-{os.getpid()}", random.randint(20_000, 30_000), {}
        members = "".join(f"<member>127.0.0.1:{self.port + i}</member>" for i in range(NODES))
        (folder / "cluster.xml").write_text(CLUSTER.format(name=self.name, port=self.port, members=members))
        (folder / "node.json").write_text(json.dumps({"minimumMembers": 2, "drain": "1s"}))
        self.folder = folder

    def __enter__(self):
        for i in range(NODES):
            node = start("node", "--conf", self.folder / "node.json", "--data", self.folder / f"data-{i}")
            line = line_with(node.stderr, "accepts jobs")
            self.nodes[line.split("node ")[1].split()[0]] = (node, line.split(" at ")[1].split()[0])
        return self

    def __exit__(self, *_):
        for node, _ in self.nodes.values():
            node.kill()
            node.wait()

    def ask(self, at, command, *words):
        return start(command, "--node", at, "--cluster-name", self.name, *words)

    def seconds_to_take_over(self):
        anywhere = next(iter(self.nodes.values()))[1]
        job = self.ask(anywhere, "submit", "--", "compute", "sleep", *["100ms"] * 600, "-m", "threads", "-n", "2")
        id = job.communicate()[0].strip()
        jobs = self.ask(anywhere, "jobs", "--json").communicate()[0]
        owner = json.loads(jobs.splitlines()[0])["owner"]
        other = next(at for id_, (_, at) in self.nodes.items() if id_ != owner)
        watch = self.ask(other, "watch", "--json", id)
        line_with(watch.stdout, '"running"')
        killed = time.monotonic()
        self.nodes[owner][0].kill()
        line_with(watch.stdout, '"epoch":2')
        seconds = time.monotonic() - killed
        watch.kill()
        return seconds


def owner_seconds():
    with tempfile.TemporaryDirectory() as folder, Nodes(pathlib.Path(folder)) as nodes:
        return nodes.seconds_to_take_over()


def worker_seconds():
    """Seconds from the kill until the start of the lost task's second attempt, according to its row."""
    run = start("compute", "sleep", *["400ms"] * 40, "-m", "processes", "-n", "2", "--chunk", "1", "--jsonl", "-q")
    line_with(run.stdout, '"succeeded"')
    time.sleep(0.1)  # be in the middle of the next task: between tasks nothing is lost
    threads = pathlib.Path(f"/proc/{run.pid}/task").iterdir()
    children = [child for thread in threads for child in (thread / "children").read_text().split()]
    killed = time.time()
    os.kill(int(children[0]), signal.SIGKILL)
    lost, began = set(), None
    for line in run.stdout:
        row = json.loads(line)
        if row["state"] == "succeeded" and row["attempt"] == 2 and began is None:
            began = datetime.datetime.fromisoformat(row["started"]).timestamp()
        elif row.get("error", {}).get("type") == "worker-lost":
            lost.add(row["task"])
    run.wait()
    if not lost:
        raise SystemExit("takeover: the killed process had no task; run again")
    return began - killed


def report(name, values, target):
    middle = statistics.median(values)
    print(f"{name}: {middle:.2f} s ({min(values):.2f}–{max(values):.2f}, {len(values)} times); "
          f"{'pass' if middle < target else 'MISS'} (target < {target} s)", flush=True)


def main():
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(print(__doc__))
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    prepare(HOME / "run.sh")
    print("load average", *os.getloadavg())
    report("tasks of a killed worker start elsewhere", [worker_seconds() for _ in range(rounds)], WORKER_TARGET)
    report("a job of a killed owner has a new one", [owner_seconds() for _ in range(rounds)], OWNER_TARGET)


if __name__ == "__main__":
    main()
