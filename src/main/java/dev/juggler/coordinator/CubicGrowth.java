package dev.juggler.coordinator;

import java.util.concurrent.TimeUnit;

/**
 * The regrowth of a limit after failures cut it: the window function of CUBIC (RFC 9438, section 4.2). It rises quickly
 * to just below where the failures began, stays there for long, and only then rises further. So it follows a changing
 * limit of the other side, at the price of a few failures every several seconds.
 *
 * @param before the limit that was too high
 * @param cutNanos the {@link System#nanoTime} at which it was cut
 */
record CubicGrowth(double before, long cutNanos) {
    /** The share of the limit that a cut leaves: β of the RFC. */
    static final double CUT_FACTOR = 0.7;
    /**
     * C of the RFC, there 0.4: growth in units per second cubed. Less, since a failure costs more than a lost packet.
     */
    private static final double GROWTH = 0.05;
    /** Where rounds are long, time is counted in so many of them instead of seconds. */
    private static final int ROUNDS = 4;

    /** The ceiling of the limit at this time. */
    double at(long nanoTime, long roundNanos) {
        double unit = Math.max(TimeUnit.SECONDS.toNanos(1), ROUNDS * roundNanos);
        double time = (nanoTime - cutNanos) / unit;
        double plateau = Math.cbrt(before * (1 - CUT_FACTOR) / GROWTH);
        return before + GROWTH * Math.pow(time - plateau, 3);
    }
}
