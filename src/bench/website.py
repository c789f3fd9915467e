"""A generated site: nginx on the loopback serves the same body for every path below /b/."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request

from measure import TICKS, ProgramFailed

BODY = 10_240  # bytes
# A single worker process: on a small machine a second one would use the core of the measured clients.
CONFIG = """
{user}
worker_processes 1;
worker_rlimit_nofile 4096;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 2048; }}
http {{
  access_log off;
  default_type application/octet-stream;
  sendfile on;
  tcp_nodelay on;
  open_file_cache max=10;
  keepalive_timeout 300;
  keepalive_requests 100000000;
  client_body_temp_path {folder}/client;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    {listen}
    root {folder};
    {locations}
  }}
}}
"""


class Site:
    """The running server. Use it in a `with` statement."""

    def __init__(self, parent):
        self.parent = parent
        self.folder = os.path.join(parent, "site")
        os.mkdir(self.folder)
        os.chmod(parent, 0o755)  # nginx's worker may be another user
        self.port = free_port()
        with open(os.path.join(self.folder, "body"), "wb") as file:
            file.write(os.urandom(BODY))

    def __enter__(self):
        config = os.path.join(self.folder, "nginx.conf")
        user = "user root;" if os.geteuid() == 0 else ""
        with open(config, "w") as file:
            file.write(self.config(user))
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen(
            [nginx, "-p", self.folder, "-e", "stderr", "-c", config], stdin=subprocess.DEVNULL, start_new_session=True
        )
        self._await_answer()
        return self

    def config(self, user):
        return CONFIG.format(folder=self.folder, user=user, listen=self.listen(), locations=self.locations())

    def listen(self):
        return f"listen 127.0.0.1:{self.port};"

    def locations(self):
        return "location /b/ { rewrite ^ /body break; }"

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def _await_answer(self):
        for _ in range(100):
            try:
                opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                with opener.open(self.url(0), timeout=5) as answer:
                    if len(answer.read()) == BODY:
                        return
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise ProgramFailed("nginx does not respond")

    def url(self, number):
        return f"http://127.0.0.1:{self.port}/b/{number:06}"

    def urls(self, count):
        """A file with this many URLs, one on each line."""
        path = os.path.join(self.parent, f"urls-{count}")
        if not os.path.exists(path):
            with open(path, "w") as file:
                file.writelines(f"{self.url(number)}\n" for number in range(count))
        return path

    def curl_config(self, count):
        """A config file of curl with the same URLs and their output files."""
        path = os.path.join(self.parent, f"curl-{count}")
        if not os.path.exists(path):
            with open(path, "w") as file:
                for number in range(count):
                    file.write(f'url = "{self.url(number)}"\noutput = "{number:06}"\n')
        return path

    def cpu_seconds(self):
        """The CPU seconds of the server so far."""
        try:
            with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
                pids = file.read().split()
            return sum(map(ticks, pids)) / TICKS
        except OSError:
            return 0.0


def ticks(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def saved(count):
    """A check that a folder holds this many complete bodies and nothing else."""

    def check(folder, _):
        with os.scandir(folder) as entries:
            sizes = [entry.stat().st_size for entry in entries]
        if len(sizes) != count or sum(sizes) != count * BODY:
            raise ProgramFailed(f"{len(sizes)} files with {sum(sizes)} bytes, not {count} with {count * BODY}")

    return check
