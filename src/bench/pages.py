"""Serves a small site for workloads.sh and overhead.py, with a delay before each response.

    pages.py DELAY-MS

Prints its port and serves until its standard input ends. Pages: /a/1 with 10,966 bytes, /b/1 with 107,786, /c/1 with
608,422, /image/1.jpg with 150,000, and /album, a list of images in JSON, which needs a client id.
"""

import asyncio
import json
import sys

LENGTHS = {"a": 10_966, "b": 107_786, "c": 608_422, "image": 150_000}
IMAGES = 24


def answer(path, headers, port):
    """The status and the body of the response to a request."""
    kind = path.strip("/").split("/")[0]
    if kind == "album":
        if "authorization: client-id " not in headers:
            return "403 Forbidden", b"no client id"
        links = [{"link": f"http://127.0.0.1:{port}/image/{i}.jpg"} for i in range(1, IMAGES + 1)]
        return "200 OK", json.dumps({"data": links}).encode()
    if kind in LENGTHS:
        return "200 OK", (path.encode() * LENGTHS[kind])[: LENGTHS[kind]]
    return "404 Not Found", b"no such page"


async def serve(reader, writer, delay):
    port = writer.get_extra_info("sockname")[1]
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            status, body = answer(head.split()[1].split("?")[0], head, port)
            await asyncio.sleep(delay)
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    delay = float(sys.argv[1]) / 1000
    server = await asyncio.start_server(lambda r, w: serve(r, w, delay), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
