"""The programs that Juggler is measured beside: where they are, or how to install them."""

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
    """Looks once for each tool."""

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

    def lacks(self, name):
        """Why this tool cannot be used, or None."""
        return None if self.paths[name] else f"{name} is not installed: apt-get install {PACKAGES[name]}"

    def peer(self, program):
        """A program of ours, in the folder beside this file."""
        return os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers", program)

    def versions(self):
        """One line for each tool that is there."""
        asked = {"nginx": "-v", "java": "-version"}
        for name, path in self.paths.items():
            if path and not name.startswith("python3-"):
                shown = subprocess.run([path, asked.get(name, "--version")], capture_output=True, text=True)
                yield (shown.stdout or shown.stderr).splitlines()[0]


def prepare(juggler):
    """Has it build, and make its three AOT caches, so that no measured start does."""
    for words in ["--version"], ["compute", "--help"], ["node", "--help"]:
        subprocess.run([juggler, *words], check=True, stdout=subprocess.DEVNULL)


def java_of(juggler):
    """The java that Juggler itself runs on, so that both start the same JVM."""
    asking = os.environ | {"JUGGLER_JAVA_OPTS": "-XshowSettings:properties"}
    shown = subprocess.run([juggler, "--version"], env=asking, capture_output=True, text=True)
    home = re.search(r"java\.home = (.+)", shown.stderr + shown.stdout)
    return os.path.join(home[1].strip(), "bin", "java") if home else None
