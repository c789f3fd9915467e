"""Downloads a list of URLs with a pool of threads and one requests session for each: LIST FOLDER THREADS."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import requests

listing, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
local = threading.local()


def session():
    if not hasattr(local, "session"):
        local.session = requests.Session()
    return local.session


def download(url):
    with session().get(url) as response:
        response.raise_for_status()
        with open(os.path.join(folder, url.rsplit("/", 1)[1]), "wb") as file:
            file.write(response.content)


with open(listing) as lines:
    urls = lines.read().split()
with ThreadPoolExecutor(max_workers=threads) as pool:
    for _ in pool.map(download, urls):
        pass
