package dev.juggler.tune;

/** Measures a job with a concurrency. */
@FunctionalInterface
public interface ConcurrencyMeasurer {

    /**
     * Runs the job once, for long enough to know.
     *
     * @return what was seen, without noise: that takes several
     * @throws InterruptedException when the user does not want to wait
     */
    TuningStep measure(int concurrency) throws InterruptedException;

    /** Whether a run takes so long that one has to do. */
    default boolean takesLong() {
        return false;
    }
}
