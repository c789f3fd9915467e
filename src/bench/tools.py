"""Locates the programs that Juggler is compared with, or says how to install them."""

import os
import re
import shutil
import subprocess

PACKAGES = {
    "nginx": "nginx-light",
    "curl": "curl",
    "aria2c": "aria2",
    "wget2": "wget2",
    "parallel": "parallel",
    "xargs": "findutils",
    "hyperfine": "hyperfine",
    "python3": "python3",
    "python3-requests": "python3-requests",
    "python3-aiohttp": "python3-aiohttp",
    "python3-distributed": "python3-distributed",
    "java": "temurin-25-jdk or openjdk-25-jdk",
}


class Tools:
    """The paths of all tools, looked up once."""

    python = "/usr/bin/python3"

    def __init__(self, juggler):
        search = os.environ["PATH"] + ":/usr/sbin"
        self.paths = {name: shutil.which(name, path=search) for name in PACKAGES}
        self.paths["python3"] = self.python
        self.paths["java"] = java_of(juggler)
        for module in ("requests", "aiohttp", "distributed"):
            self.paths[f"python3-{module}"] = self.python if self._imports(module) else None

    def _imports(self, module):
        return subprocess.run([self.python, "-c", f"import {module}"], stderr=subprocess.DEVNULL).returncode == 0

    def path(self, name):
        return self.paths[name] or name

    def missing(self, name):
        """A hint how to install a missing tool; None if it is installed."""
        return None if self.paths[name] else f"{name} is not installed: apt-get install {PACKAGES[name]}"

    def peer(self, program):
        """The path of a program in the folder `peers`."""
        return os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers", program)

    def versions(self):
        """One line for each installed tool."""
        asked = {"nginx": "-v", "java": "-version"}
        for name, path in self.paths.items():
            if path and not name.startswith("python3-"):
                shown = subprocess.run([path, asked.get(name, "--version")], capture_output=True, text=True)
                yield (shown.stdout or shown.stderr).splitlines()[0]


def prepare(juggler):
    """Makes Juggler build and create its three AOT caches before anything is measured."""
    for words in ["--version"], ["compute", "--help"], ["node", "--help"]:
        subprocess.run([juggler, *words], check=True, stdout=subprocess.DEVNULL)


def java_of(juggler):
    """The java that Juggler runs on, so that both start the same JVM."""
    asking = os.environ | {"JUGGLER_JAVA_OPTS": "-XshowSettings:properties"}
    shown = subprocess.run([juggler, "--version"], env=asking, capture_output=True, text=True)
    home = re.search(r"java\.home = (.+)", shown.stderr + shown.stdout)
    return os.path.join(home[1].strip(), "bin", "java") if home else None
