#!/usr/bin/env python3
"""Runs curl's own HTTP test cases against Juggler.

    src/bench/conformance/curl_cases.py [--model async] [--source FOLDER] [--verbose]

Downloads the source of Debian's curl from Debian's mirror (or takes an unpacked one), serves the replies of its test
cases like its test server, and compares Juggler's results with those expected of curl: success or failure, and the
bytes of the body. Cases that need a server or an option without a counterpart are skipped; the reasons are counted.
Needs only Python 3 on Debian; nothing of curl's is kept.
"""

import argparse
import collections
import json
import os
import re
import shlex
import socketserver
import subprocess
import sys
import tarfile
import tempfile
import threading
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
RUN = os.path.join(HERE, "..", "..", "..", "run.sh")
MIRROR = "http://deb.debian.org/debian/pool/main/c/curl/"

# Options of curl with the same meaning in Juggler.
SAME = {"-H": "--header", "--header": "--header", "-X": "--method", "--request": "--method", "-d": "--data",
        "--data": "--data", "-u": "--user", "--user": "--user", "--max-redirs": "--max-redirects"}
# Features that every build of curl has, although some cases require them by name.
COMMON = {b"http", b"proxy", b"cookies", b"Mime", b"headers-api"}
# Options that become a header, and those without effect on what is compared.
HEADERS = {"-A": "User-Agent", "--user-agent": "User-Agent", "-e": "Referer", "--referer": "Referer"}
IGNORED = {"-o", "--output", "-D", "--dump-header", "--connect-timeout", "-w", "--write-out"}
NOTHING = {"-L", "--location", "-i", "--include", "-s", "-S", "-sS", "--silent", "--http1.1", "-v", "-g", "--globoff"}


class Left(Exception):
    """A case that is skipped, with the reason."""


def source(folder):
    """The folder of curl's test cases, downloaded unless a source folder is given."""
    if folder:
        return os.path.join(folder, "tests", "data")
    policy = subprocess.run(["apt-cache", "policy", "curl"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"Candidate: (?:\d+:)?([^-\s]+)", policy).group(1)
    place = tempfile.mkdtemp(prefix="juggler-curl-")
    archive = os.path.join(place, "curl.tar.gz")
    with urllib.request.urlopen(f"{MIRROR}curl_{version}.orig.tar.gz", timeout=60) as response, open(archive, "wb") as out:
        out.write(response.read())
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    return os.path.join(place, f"curl-{version}", "tests", "data")


def section(text, name):
    """The attributes and the content of a section, or None."""
    found = re.search(rb"^[ \t]*<" + name.encode() + rb"((?: [^>]*)?)>\n(.*?)[ \t]*</" + name.encode() + rb">",
                      text, re.S | re.M)
    return found and (found.group(1).decode(), found.group(2))


def usual(text):
    """The text with its conditions resolved for a build without unusual back ends."""
    def settle(found):
        first, _, second = found.group(2).partition(b"%else\n")
        return first if found.group(1).startswith(b"!") else second
    return re.sub(rb"^%if (\S+)\n(.*?)^%endif\n", settle, text, flags=re.S | re.M)


def decoded(text):
    """The text with its %XX as bytes."""
    return re.sub(rb"%([0-9a-fA-F]{2})", lambda found: bytes([int(found.group(1), 16)]), text)


class Case:
    def __init__(self, number, text, port):
        self.number = number
        client = section(text, "client") or ("", b"")
        reply = section(text, "reply") or ("", b"")
        verify = section(text, "verify") or ("", b"")
        self.check_server(client[1], reply[1])
        self.replies = {int(part or 0): self.body(reply[1], "data" + part) for part in
                        {found.decode() for found in re.findall(rb"^<data(\d*)[ >]", reply[1], re.M)}}
        if 0 not in self.replies:
            raise Left("no reply to serve")
        expected = section(verify[1], "errorcode")
        self.fails = bool(expected) and expected[1].split()[:1] not in ([], [b"0"])
        command = section(client[1], "command")
        if not command or command[0].strip():
            raise Left("another tool than curl, or another way to call it")
        values = {"HOSTIP": "127.0.0.1", "HTTPPORT": str(port), "TESTNUMBER": str(number)}
        line = re.sub(r"%(\w+?)(?=[^A-Z]|$)", lambda m: values.get(m.group(1), m.group(0)), command[1].decode("latin-1"))
        self.url, self.options, self.follows = self.translate(line.strip())
        self.asked = asked(urllib.parse.urlsplit(self.url)._replace(scheme="", netloc="").geturl())[0]

    def check_server(self, client, reply):
        servers = section(client, "server")
        if not servers or servers[1].split() != [b"http"]:
            raise Left("another server than HTTP")
        if section(reply, "servercmd"):
            raise Left("a server that is told to misbehave")
        features = section(client, "features")
        if features and set(features[1].split()) - COMMON:
            raise Left("a feature of curl's build")
        for name in ("file", "setenv", "precheck", "tool", "stdin"):
            if section(client, name):
                raise Left(f"a <{name}> for the client")

    def body(self, reply, name):
        attributes, content = section(reply, name)
        if "base64" in attributes or "hex" in attributes:
            raise Left("a reply in another coding")
        content = content.replace(b"%TESTNUMBER", str(self.number).encode())
        content = re.sub(rb"%repeat\[(\d+) x (.*?)\]%", lambda m: int(m.group(1)) * decoded(m.group(2)), content)
        content = re.sub(rb"%hex\[(.*?)\]hex%", lambda m: decoded(m.group(1)), content)
        if re.search(rb"%[A-Z]{3,}", content):
            raise Left("a reply with variables")
        if "nonewline" in attributes:
            content = content[:-1]
        if "crlf" in attributes:
            head, mark, rest = content.partition(b"\n\n")
            content = head.replace(b"\n", b"\r\n") + (b"\r\n\r\n" if mark else b"") + rest
        return content

    def translate(self, line):
        url, options, follows = None, [], False
        words = iter(shlex.split(line))
        for word in words:
            if word in SAME:
                options += [SAME[word], next(words)]
            elif word in HEADERS:
                options += ["--header", f"{HEADERS[word]}: {next(words)}"]
            elif word in IGNORED:
                next(words)
            elif word in NOTHING:
                follows |= word in ("-L", "--location")
            elif word.startswith("-"):
                raise Left(f"an option without counterpart ({word.split('=')[0]})")
            elif url:
                raise Left("several URLs")
            else:
                url = word
        if not url or not url.startswith("http://127.0.0.1") and not url.startswith("127.0.0.1"):
            raise Left("another URL than the server's")
        if any(value.startswith("@") for value in options):
            raise Left("an option's value in a file")
        if re.search(r"[\[{]", url):
            raise Left("a URL with a pattern")
        return url, tuple(options), follows


def asked(path):
    """The number of the case and the part of its reply that a path asks for: the last number, or its last four digits."""
    numbers = re.findall(r"/(\d+)", path) or re.findall(r"(\d+)", path)
    number = int(numbers[-1]) if numbers else 0
    return (number // 10000, number % 10000) if number > 10000 else (number, 0)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        self.cases = {}
        self.last = {}
        super().__init__(("127.0.0.1", 0), Answer)


class Answer(socketserver.BaseRequestHandler):
    """Serves replies like curl's test server."""

    def handle(self):
        self.request.settimeout(20)
        received = b""
        try:
            while True:
                while b"\r\n\r\n" not in received:
                    piece = self.request.recv(65536)
                    if not piece:
                        return
                    received += piece
                head, _, received = received.partition(b"\r\n\r\n")
                length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.I)
                need = int(length.group(1)) if length else 0
                while len(received) < need:
                    received += self.request.recv(65536)
                received = received[need:]
                if not self.answer(head):
                    return
        except OSError:
            return

    def answer(self, head):
        number, part = asked(head.split(b" ")[1].decode("latin-1"))
        case = self.server.cases.get(number)
        if not case or part not in case.replies:
            self.request.sendall(b"HTTP/1.1 404 No such case\r\nContent-Length: 0\r\n\r\n")
            return True
        reply = case.replies[part]
        self.server.last[number] = reply
        self.request.sendall(reply)
        top = reply.split(b"\r\n\r\n")[0].split(b"\n\n")[0].lower()
        framed = b"content-length:" in top or b"chunked" in top
        return framed and b"swsclose" not in reply and b"connection: close" not in top


def body_of(reply):
    """The body of a reply as a client decodes it."""
    last = re.sub(rb"^((?:HTTP[^\n]*\n(?:[^\r\n][^\n]*\n)*)(\r?\n))(?=HTTP)", b"", reply)
    head, _, body = re.sub(rb"\r?\n\r?\n", b"\0", last, count=1).partition(b"\0")
    if re.search(rb"^transfer-encoding:\s*chunked", head, re.I | re.M):
        out, rest = b"", body
        while True:
            size, _, rest = rest.partition(b"\n")
            size = re.match(rb"\s*([0-9a-fA-F]+)", size)
            if not size or int(size.group(1), 16) == 0:
                return out
            count = int(size.group(1), 16)
            out, rest = out + rest[:count], rest[count:].lstrip(b"\r").removeprefix(b"\n")
    length = re.search(rb"^content-length:\s*(\d+)", head, re.I | re.M)
    return body[:int(length.group(1))] if length else body


def status_of(reply):
    statuses = re.findall(rb"^HTTP/[\d.]+ (\d{3})", reply, re.M)
    return int(statuses[-1]) if statuses else 0


def run(cases, options, model, folder):
    """The outcome rows of one run of Juggler with these options, by URL."""
    listing = os.path.join(folder, "urls")
    with open(listing, "w", encoding="latin-1") as out:
        out.writelines(case.url.replace("\n", "") + "\n" for case in cases)
    command = [RUN, "fetch", "-i", listing, "-o", os.path.join(folder, "out"), "--jsonl", "-q", "-m", model,
               "--timeout", "8s", "--proxy", "", "--no-cookies", *options]
    if model != "sequential":
        command += ["-n", "8"]
    done = subprocess.run(command, capture_output=True, timeout=600, check=False)
    rows = {}
    for line in done.stdout.splitlines():
        row = json.loads(line)
        rows[cases[row["task"]].number] = row
    if not rows:
        print("juggler:", done.stderr.decode().strip(), options, file=sys.stderr)
    return rows


def judge(case, row, served):
    """The difference between the results; None if they agree."""
    if row is None:
        return "refused by Juggler before it was run"
    succeeded = row["state"] == "succeeded"
    if case.fails:
        return None if not succeeded else "curl fails here, Juggler does not"
    redirects = not case.follows and 300 <= status_of(case.replies[0]) < 400
    if redirects and not succeeded and served is case.replies[0]:
        return "by design: redirects are followed without being asked to (curl -L), and this one leads nowhere"
    if not succeeded:
        error = row["error"]["type"]
        if error == "http-status":
            return "by design: a status of 400 or more is a failure (curl -f)"
        return f"curl succeeds here, Juggler fails with '{error}'"
    if served is None:
        return "the reply was never asked for"
    if redirects and served is not case.replies[0]:
        return "by design: redirects are followed without being asked to (curl -L)"
    path = row["value"].get("path")
    got = open(path, "rb").read() if path else b""
    return None if got == body_of(served) else "the bytes differ"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="async")
    parser.add_argument("--source", help="folder with an unpacked source of curl (default: download it)")
    parser.add_argument("--verbose", action="store_true", help="list every case with a different result")
    arguments = parser.parse_args()
    data = source(arguments.source)
    left, groups = collections.Counter(), collections.defaultdict(list)
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in sorted(os.listdir(data)):
            if not re.fullmatch(r"test\d+", name):
                continue
            with open(os.path.join(data, name), "rb") as file:
                text = usual(file.read())
            try:
                case = Case(int(name[4:]), text, server.server_address[1])
            except Left as why:
                left[re.sub(r" \(.*", "", str(why))] += 1
                continue
            # One case requests the reply of another; if that one is skipped, its own reply is used.
            server.cases[case.number] = case
            server.cases.setdefault(case.asked, case)
            groups[case.options].append(case)
        agreed, differing = 0, collections.defaultdict(list)
        for options, cases in groups.items():
            with tempfile.TemporaryDirectory(prefix="juggler-cases-") as folder:
                rows = run(cases, options, arguments.model, folder)
                for case in cases:
                    why = judge(case, rows.get(case.number), server.last.get(case.asked))
                    if why is None:
                        agreed += 1
                    else:
                        differing[why].append(case.number)
        server.shutdown()
    total = sum(map(len, groups.values()))
    print(f"{arguments.model}: {agreed} of {total} cases agree ({100 * agreed / total:.1f} %)")
    for why, numbers in sorted(differing.items(), key=lambda entry: -len(entry[1])):
        print(f"  {len(numbers):4}  {why}: {' '.join(map(str, numbers[:None if arguments.verbose else 12]))}")
    print(f"left out: {sum(left.values())}")
    for why, count in left.most_common():
        print(f"  {count:4}  {why}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
