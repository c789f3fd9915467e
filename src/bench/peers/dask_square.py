"""Squares 1…COUNT with Dask's distributed scheduler, one task each, on single-threaded workers: COUNT WORKERS."""

import sys

from distributed import Client, LocalCluster


def square(n):
    return n * n


if __name__ == "__main__":
    count, workers = int(sys.argv[1]), int(sys.argv[2])
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            for value in client.gather(client.map(square, range(1, count + 1))):
                print(value)
