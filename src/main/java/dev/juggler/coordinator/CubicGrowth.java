package dev.juggler.coordinator;

import java.util.concurrent.TimeUnit;

/**
 * How far a limit may grow again after failures cut it: the window function of CUBIC (RFC 9438, section 4.2). It comes
 * back quickly to just below where the failures began, stays there for long, and only then goes further. So a limit of
 * the other side is found again and again, at the price of a few failures every some seconds.
 *
 * @param before the limit that was too high
 * @param cutNanos when it was cut
 */
record CubicGrowth(double before, long cutNanos) {
    /** What a cut leaves: β of the RFC. */
    static final double LEFT = 0.7;
    /** C of the RFC, there 0.4: growth in units a second cubed. Less, since a failure here costs more than a packet. */
    private static final double GROWTH = 0.05;
    /** Where rounds are long, time is counted in so many of them instead of seconds. */
    private static final int ROUNDS = 4;

    /** The ceiling at this time. */
    double at(long nanoTime, long roundNanos) {
        double unit = Math.max(TimeUnit.SECONDS.toNanos(1), ROUNDS * roundNanos);
        double time = (nanoTime - cutNanos) / unit;
        double plateau = Math.cbrt(before * (1 - LEFT) / GROWTH);
        return before + GROWTH * Math.pow(time - plateau, 3);
    }
}
