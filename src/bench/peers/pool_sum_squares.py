"""Sums the squares below each of FIRST…LAST in a multiprocessing.Pool, with Python's exact integers: FIRST LAST."""

import multiprocessing
import sys


def sum_squares(n):
    return sum(i * i for i in range(n))


if __name__ == "__main__":
    with multiprocessing.Pool() as pool:
        for value in pool.map(sum_squares, range(int(sys.argv[1]), int(sys.argv[2]) + 1)):
            print(value)
