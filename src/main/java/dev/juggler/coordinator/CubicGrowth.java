package dev.juggler.coordinator;

import java.util.concurrent.TimeUnit;

/**
 * The regrowth of a limit after failures cut it: the window function of CUBIC (RFC 9438, section 4.2). It rises quickly
 * to just below the limit at which the failures began, stays there for a while, and then rises further. So it follows a
 * changing capacity of the server, at the price of a few failures every few seconds.
 *
 * @param before the limit that was too high
 * @param cutNanos the {@link System#nanoTime} at which it was cut
 */
record CubicGrowth(double before, long cutNanos) {
    /** The share of the limit that a cut leaves: β in the RFC. */
    static final double CUT_FACTOR = 0.7;
    /**
     * Growth in units per second cubed: C in the RFC, which has 0.4. It is less here, since a failure costs more than a
     * lost packet.
     */
    private static final double GROWTH = 0.05;
    /** The number of rounds that counts as a second if rounds are long. */
    private static final int ROUNDS = 4;

    /** The ceiling of the limit at this time. */
    double at(long nanoTime, long roundNanos) {
        double unit = Math.max(TimeUnit.SECONDS.toNanos(1), ROUNDS * roundNanos);
        double time = (nanoTime - cutNanos) / unit;
        double plateau = Math.cbrt(before * (1 - CUT_FACTOR) / GROWTH);
        return before + GROWTH * Math.pow(time - plateau, 3);
    }
}
