"""Squares 1…COUNT with multiprocessing.Pool.map: COUNT CHUNKSIZE, where 0 selects Python's default."""

import multiprocessing
import sys


def square(n):
    return n * n


if __name__ == "__main__":
    with multiprocessing.Pool() as pool:
        for value in pool.map(square, range(1, int(sys.argv[1]) + 1), int(sys.argv[2]) or None):
            print(value)
