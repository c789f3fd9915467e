package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.TaskFailureException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** {@code count-primes}: counts the primes below n with a segmented sieve of the odd numbers. */
final class CountPrimes {
    /** Bounds the table of the primes up to the root of n. */
    private static final long MAX_N = 1_000_000_000_000L;

    /** The number of odd numbers per segment, one byte each, so that a segment fits into the fastest cache. */
    private static final int SEGMENT = 1 << 15;

    private CountPrimes() {}

    static Object call(Input input) throws TaskFailureException, InterruptedException {
        long n = InputConversion.toLong(input);
        if (n > MAX_N) {
            throw TaskFailureException.badInput(
                    InputConversion.quoted(input) + " is above 10^12, the maximum for count-primes");
        }
        return n <= 2 ? 0L : 1 + countOdd(n);
    }

    /** Returns the number of primes below n except 2. In a segment, slot i stands for the number low + 2i. */
    private static long countOdd(long n) throws InterruptedException {
        int[] primes = oddPrimesUpTo((int) Math.sqrt((double) n) + 1);
        long count = 0;
        boolean[] composite = new boolean[SEGMENT];
        for (long low = 3; low < n; low += 2L * SEGMENT) {
            int slots = (int) Math.min(SEGMENT, (n - low + 1) / 2);
            count += countSegment(composite, low, slots, primes);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return count;
    }

    private static int countSegment(boolean[] composite, long low, int slots, int[] primes) {
        Arrays.fill(composite, 0, slots, false);
        long high = low + 2L * slots;
        for (int i = 0; i < primes.length && (long) primes[i] * primes[i] < high; i++) {
            int prime = primes[i];
            for (long slot = firstSlot(low, prime); slot < slots; slot += prime) {
                composite[(int) slot] = true;
            }
        }
        int count = 0;
        for (int slot = 0; slot < slots; slot++) {
            count += composite[slot] ? 0 : 1;
        }
        return count;
    }

    /**
     * Returns the slot of the first odd multiple of a prime in the segment that is not below the square of the prime.
     */
    private static long firstSlot(long low, int prime) {
        long square = (long) prime * prime;
        if (square >= low) {
            return (square - low) / 2;
        }
        long multiple = (low + prime - 1) / prime * prime;
        return ((multiple % 2 == 0 ? multiple + prime : multiple) - low) / 2;
    }

    private static int[] oddPrimesUpTo(int limit) {
        boolean[] composite = new boolean[limit + 1];
        for (int n = 3; (long) n * n <= limit; n += 2) {
            for (int multiple = n * n; !composite[n] && multiple <= limit; multiple += 2 * n) {
                composite[multiple] = true;
            }
        }
        return IntStream.rangeClosed(3, limit)
                .filter(n -> n % 2 == 1 && !composite[n])
                .toArray();
    }
}
