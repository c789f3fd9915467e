package dev.juggler.coordinator;

/**
 * The times of the batches that came back while one limit held. The first ones may be left out: they were in flight
 * before, and those that come first of all are the short ones.
 *
 * <p>Times are kept as logarithms: then a load that doubles all of them shifts their mean by the same amount, however
 * much short and long tasks are mixed.
 */
final class LatencySample {
    /** So many batches make a round at least, where the limit is lower. */
    private static final int FEWEST = 10;

    /** Added to the squares, so that a few times that happen to be equal do not pass for a certainty. */
    private static final double DOUBT = 0.05;

    private final long startNanos;
    private final int limit;
    private final int size;
    private int early;
    private int batches;
    private int peak;
    private final RunningVariance times = new RunningVariance();

    /**
     * An empty one.
     *
     * @param limit how many may be in flight; a round is as many batches
     * @param early how many that come first are left out
     */
    LatencySample(int limit, int early, long startNanos) {
        this.limit = limit;
        this.startNanos = startNanos;
        this.size = Math.max(limit, FEWEST);
        this.early = early;
    }

    /**
     * Adds a batch.
     *
     * @param nanosPerTask from its dispatch to its reply, over its tasks; 0 when one failed, since a refusal may be quick
     * @param inFlight batches in flight just before the reply, with this one
     */
    void add(double nanosPerTask, int inFlight) {
        if (early > 0) {
            early--;
            return;
        }
        batches++;
        peak = Math.max(peak, inFlight);
        if (nanosPerTask > 0) {
            times.add(Math.log(nanosPerTask));
        }
    }

    int limit() {
        return limit;
    }

    boolean isOver() {
        return batches >= size;
    }

    /** Whether as many were in flight at some time as might be. */
    boolean wasUsed() {
        return peak >= limit;
    }

    long lastedNanos(long nanoTime) {
        return nanoTime - startNanos;
    }

    /**
     * By how much its times are longer than another round's, as a logarithm; less the difference that chance would
     * explain, taken as so many standard errors.
     */
    double slowerThan(LatencySample other, double errors) {
        return times.count() == 0 || other.times.count() == 0
                ? 0
                : times.mean() - other.times.mean() - errors * Math.hypot(error(), other.error());
    }

    private double error() {
        return times.count() < 2 ? 0 : Math.sqrt(times.variance(DOUBT) / times.count());
    }
}
