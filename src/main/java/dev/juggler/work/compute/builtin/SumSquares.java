package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.TaskFailureException;

/**
 * {@code sum-squares}: 0² + 1² + … + (n−1)² by a loop that adds every square, as the tutorials' CPU workload does.
 *
 * <p>A long overflows near n = 3,000,000; Python's integers do not. The inner loop therefore sums only as many squares
 * in a long as certainly fit, and adds each such strip to a 128-bit sum. This is as fast as a plain loop up to n =
 * 2^29. Above that, strips would be too short to pay, so each square is added to the 128-bit sum.
 */
final class SumSquares {
    /** The number of steps between two checks for an interrupt: a few milliseconds. */
    private static final long STEPS_PER_CHECK = 1 << 22;

    private static final int MIN_STRIP_BITS = 5;

    private SumSquares() {}

    static Object call(Input input) throws TaskFailureException, InterruptedException {
        long n = InputConversion.toLong(input);
        Int128Sum sum = new Int128Sum();
        for (long from = 0; from < n; ) {
            long to = from + Math.min(STEPS_PER_CHECK, n - from);
            add(sum, from, to);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            from = to;
        }
        return sum.value();
    }

    private static void add(Int128Sum sum, long from, long to) {
        // 2^stripBits squares, each below 2^(2·bits), stay below 2^63.
        int bits = Long.SIZE - Long.numberOfLeadingZeros(to);
        int stripBits = 63 - 2 * bits;
        if (stripBits >= MIN_STRIP_BITS) {
            addStrips(sum, from, to, 1 << Math.min(stripBits, 22));
        } else {
            for (long n = from; n < to; n++) {
                sum.addSquare(n);
            }
        }
    }

    private static void addStrips(Int128Sum sum, long from, long to, int strip) {
        for (long start = from; start < to; start += strip) {
            sum.add(squares(start, (int) Math.min(strip, to - start)));
        }
    }

    private static long squares(long start, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long n = start + i;
            sum += n * n;
        }
        return sum;
    }
}
