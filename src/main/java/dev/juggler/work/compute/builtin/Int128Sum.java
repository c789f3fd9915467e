package dev.juggler.work.compute.builtin;

import java.math.BigInteger;

/** A sum below 2^127 of non-negative numbers. Confined to one thread. */
final class Int128Sum {
    private long high;
    private long low;

    void add(long addend) {
        low += addend;
        if (Long.compareUnsigned(low, addend) < 0) {
            high++;
        }
    }

    /** Adds n × n for an n of up to 63 bits. */
    void addSquare(long n) {
        high += Math.multiplyHigh(n, n);
        long square = n * n;
        low += square;
        if (Long.compareUnsigned(low, square) < 0) {
            high++;
        }
    }

    /** Returns the sum: a Long when it has at most 63 bits, otherwise a BigInteger. */
    Object value() {
        return high == 0 && low >= 0
                ? (Object) low
                : BigInteger.valueOf(high).shiftLeft(64).or(unsigned(low));
    }

    private static BigInteger unsigned(long bits) {
        BigInteger value = BigInteger.valueOf(bits & Long.MAX_VALUE);
        return bits < 0 ? value.setBit(63) : value;
    }

    /** Returns a number as a Long when it fits, so that equal numbers are equal values. */
    static Object normalized(BigInteger number) {
        return number.bitLength() <= 63 ? (Object) number.longValue() : number;
    }
}
