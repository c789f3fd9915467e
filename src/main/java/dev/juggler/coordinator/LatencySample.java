package dev.juggler.coordinator;

/**
 * The latencies of batches under one limit. The first replies may be excluded: their batches were in flight before the
 * limit changed, and short ones come first.
 *
 * <p>Latencies are kept as logarithms: a load that doubles all of them shifts their mean by the same amount, for any
 * mix of short and long tasks.
 */
final class LatencySample {
    /** The minimum number of batches in a sample. */
    private static final int MIN_SIZE = 10;

    /** Added to the sum of squares, so that a few equal latencies do not suggest certainty. */
    private static final double PRIOR = 0.05;

    private final long startNanos;
    private final int limit;
    private final int size;
    private int excluded;
    private int batches;
    private int peak;
    private final RunningVariance logs = new RunningVariance();

    /**
     * Creates an empty sample.
     *
     * @param limit the limit of batches in flight, which is also the size of the sample
     * @param excluded the number of first batches to leave out
     */
    LatencySample(int limit, int excluded, long startNanos) {
        this.limit = limit;
        this.startNanos = startNanos;
        this.size = Math.max(limit, MIN_SIZE);
        this.excluded = excluded;
    }

    /**
     * Adds a batch.
     *
     * @param nanosPerTask from dispatch to reply, per task; 0 when one failed, since rejection may be quick
     * @param inFlight the batches in flight just before the reply, this one included
     */
    void add(double nanosPerTask, int inFlight) {
        if (excluded > 0) {
            excluded--;
            return;
        }
        batches++;
        peak = Math.max(peak, inFlight);
        if (nanosPerTask > 0) {
            logs.add(Math.log(nanosPerTask));
        }
    }

    int limit() {
        return limit;
    }

    boolean isComplete() {
        return batches >= size;
    }

    /** Returns whether the limit was reached at some time. */
    boolean reachedLimit() {
        return peak >= limit;
    }

    long elapsedNanos(long nanoTime) {
        return nanoTime - startNanos;
    }

    /**
     * The logarithm of the factor by which latencies exceed those of another sample, less the difference that may be
     * due to chance.
     *
     * @param errors the number of standard errors that are attributed to chance
     */
    double slowerThan(LatencySample other, double errors) {
        return logs.count() == 0 || other.logs.count() == 0
                ? 0
                : logs.mean() - other.logs.mean() - errors * Math.hypot(standardError(), other.standardError());
    }

    private double standardError() {
        return logs.count() < 2 ? 0 : Math.sqrt(logs.variance(PRIOR) / logs.count());
    }
}
