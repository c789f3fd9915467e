"""Downloads a list of URLs with asyncio and aiohttp: LIST FOLDER IN-FLIGHT."""

import asyncio
import os
import sys

import aiohttp


async def main(listing, folder, in_flight):
    with open(listing) as lines:
        urls = iter(lines.read().split())
    connector = aiohttp.TCPConnector(limit=in_flight)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def work():
            for url in urls:
                async with session.get(url) as response:
                    response.raise_for_status()
                    body = await response.read()
                with open(os.path.join(folder, url.rsplit("/", 1)[1]), "wb") as file:
                    file.write(body)

        await asyncio.gather(*(work() for _ in range(in_flight)))


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
