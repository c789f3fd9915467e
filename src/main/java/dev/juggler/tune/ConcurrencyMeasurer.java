package dev.juggler.tune;

/** Measures the throughput of a job at a given concurrency. */
@FunctionalInterface
public interface ConcurrencyMeasurer {

    /**
     * Runs the job once, for long enough to know its throughput. Blocks until then.
     *
     * @return the measurement, with a noise of 0: a single run tells nothing about it
     * @throws InterruptedException if the user interrupts the run
     */
    TuningStep measure(int concurrency) throws InterruptedException;

    /** Returns true if a run takes so long that it is not repeated. */
    default boolean takesLong() {
        return false;
    }
}
