"""Benchmarks of long bodies and many origins, compared with curl and with unhindered fetches."""

import contextlib
import filecmp
import http.server
import os
import threading
import time

from measure import OUT, ProgramFailed
from website import BODY, Site, free_port, saved

GIB = 1 << 30
LONG = 50 << 20
RATE = "20m"  # MiB per second, for nginx
ORIGINS = 200
SLOW_SECONDS = 10


class LongSite(Site):
    """A site with long bodies and a rate limit for each connection, on 199 addresses of the loopback."""

    def listen(self):
        addresses = ["127.0.0.1", *map(address, range(1, ORIGINS))]
        return "\n".join(f"listen {each}:{self.port} backlog=2048;" for each in addresses)

    def locations(self):
        return f"""
            location /long/ {{ rewrite ^ /long break; }}
            location /bounded/ {{ rewrite ^ /gib break; limit_rate {RATE}; }}
            {super().locations()}"""

    def make(self, name, length):
        """Creates a body of this length, which the site serves as /NAME, and returns its path."""
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            for _ in range(length >> 20):
                file.write(os.urandom(1 << 20))
        return path

    def at(self, path):
        return f"http://127.0.0.1:{self.port}/{path}"


class SlowOrigin(http.server.ThreadingHTTPServer):
    """A server that takes ten seconds for each response, whatever the number of requests."""

    daemon_threads = True
    request_queue_size = 256

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            time.sleep(SLOW_SECONDS)
            self.send_response(200)
            self.send_header("Content-Length", str(BODY))
            self.end_headers()
            self.wfile.write(bytes(BODY))

        def log_message(self, *_):
            pass

    def __init__(self):
        super().__init__((address(ORIGINS), free_port()), SlowOrigin.Handler)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Bodies:
    """The benchmarks of bodies; `benchmarks` creates the candidates."""

    def __init__(self, benchmarks):
        self.benchmarks = benchmarks
        self.runner = benchmarks.runner
        self.report = benchmarks.report
        self.tools = benchmarks.tools

    def run(self):
        if self.tools.missing("nginx"):
            self.report.heading("long bodies")
            self.report.note(f"skipped: {self.tools.missing('nginx')}")
            return
        parent = os.path.join(self.runner.folder, "bodies")
        os.mkdir(parent)
        with contextlib.ExitStack() as stack:
            site = stack.enter_context(LongSite(parent))
            outer, self.runner.server = self.runner.server, site
            stack.callback(setattr, self.runner, "server", outer)
            gib = site.make("gib", GIB // 8 if self.benchmarks.quick else GIB)
            self.one(site, gib)
            self.segments(site, gib)
            os.remove(gib)
            self.many(site, site.make("long", LONG))
            self.origins(site)

    def fetch(self, name, *arguments, check):
        return self.benchmarks.ours(name, "fetch", *arguments, "-o", OUT, check=check)

    def one(self, site, gib):
        self.report.heading(f"one body of {os.path.getsize(gib) >> 20} MiB, saved")
        url, check = site.at("gib"), same(gib, 1)
        curl = self.benchmarks.peer("curl", "curl", "-sS", "-o", os.path.join(OUT, "gib"), url, check=check)
        ours = [self.fetch(f"fetch -m {model}", "-m", model, url, check=check) for model in ("async", "threads", "virtual")]
        self.runner.run_in_turn([curl, *ours])
        self.report.table([curl, *ours])
        for each in ours:
            self.report.ratio_at_least(f"one body: throughput of {each.name} / curl", each, curl, 0.9)

    def segments(self, site, gib):
        self.report.heading(f"the same from a server that gives {RATE} a second to a connection")
        url, check = site.at("bounded/gib"), same(gib, 1)
        for model in ("async", "threads", "virtual"):
            whole = self.fetch(f"-m {model}", "-m", model, url, check=check)
            parts = self.fetch(f"-m {model} --segments 4", "-m", model, "--segments", "4", url, check=check)
            self.runner.run_in_turn([whole, parts], 1)
            self.report.table([whole, parts])
            self.report.ratio_at_least(f"segments, {model}: 1 / 4", parts, whole, 3.5)

    def many(self, site, body):
        count = 32 if self.benchmarks.quick else 256
        self.report.heading(f"{count} bodies of {LONG >> 20} MiB at once, saved")
        for model in ("async", "virtual", "threads"):
            wide = ["-m", model, "-n", str(count)]
            ours = self.fetch(f"-m {model}", *wide, site.at("long/{1..%d}" % count), check=same(body, count))
            self.runner.run_in_turn([ours], 1)
            self.report.table([ours])
            peak = max((run.rss for run in ours.runs), default=None)
            self.report.target(f"{count} bodies, {model}: peak memory", peak and peak / 1e6, maximum=500, unit=" MB")

    def origins(self, site):
        each = 5 if self.benchmarks.quick else 50
        self.report.heading(f"{ORIGINS * each:,} bodies over {ORIGINS} origins, one of which takes {SLOW_SECONDS} s")
        with SlowOrigin() as slow:
            quick = [f"http://{address(i)}:{site.port}/b/{n:06}" for n in range(each) for i in range(1, ORIGINS)]
            late = [f"http://{address(ORIGINS)}:{slow.server_port}/b/{n:06}" for n in range(each)]
            mixed = [url for i, url in enumerate(quick) for url in ([url, late[i // 199]] if i % 199 == 0 else [url])]
            runs = [
                self.fetch(name, "-i", self.listed(name, urls), check=saved(len(urls)))
                for name, urls in (("without it", quick), ("it alone", late), ("all", mixed))
            ]
            self.runner.run_in_turn(runs, 3)
            self.report.table(runs)
            if all(run.runs for run in runs):
                without, alone, both = (run.wall() for run in runs)
                self.report.target("all / (1.2 × without it + it alone)", both / (1.2 * without + alone), maximum=1)

    def listed(self, name, urls):
        path = os.path.join(self.runner.folder, f"origins {name}")
        with open(path, "w") as file:
            file.writelines(f"{url}\n" for url in urls)
        return path


def address(number):
    return f"127.0.1.{number}"


def same(body, count):
    """A check that a folder holds this many files with the same bytes as the given one."""

    def check(folder, _):
        names = os.listdir(folder)
        wrong = [name for name in names if not filecmp.cmp(body, os.path.join(folder, name), shallow=False)]
        if len(names) != count or wrong:
            raise ProgramFailed(f"{len(names)} files, {len(wrong)} of them wrong, not {count}")

    return check
