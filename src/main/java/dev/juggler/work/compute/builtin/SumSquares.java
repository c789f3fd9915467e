package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.TaskFailureException;

/**
 * {@code sum-squares}: 0² + 1² + … + (n−1)² by a loop that does each step, as the tutorials' CPU workload does.
 *
 * <p>A long overflows near n = 3,000,000, and Python's integers do not. So the inner loop adds up in a long only as
 * many squares as are sure to fit into one, and carries each such strip into 128 bits. That is as fast as a plain loop
 * up to n = 2^29; above, the strips would be too short to pay and each square is added to the 128 bits by itself.
 */
final class SumSquares {
    /** How many steps go by before the thread looks whether it is interrupted: a few milliseconds. */
    private static final long STRETCH = 1 << 22;

    private static final int SHORTEST_STRIP_BITS = 5;

    private SumSquares() {}

    static Object call(Input input) throws TaskFailureException, InterruptedException {
        long n = InputConversion.whole(input);
        Int128Sum sum = new Int128Sum();
        for (long from = 0; from < n; ) {
            long to = from + Math.min(STRETCH, n - from);
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
        if (stripBits >= SHORTEST_STRIP_BITS) {
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
