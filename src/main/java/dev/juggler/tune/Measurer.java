package dev.juggler.tune;

/** Measures a job with a concurrency. */
@FunctionalInterface
public interface Measurer {

    /**
     * Runs the job for long enough to know.
     *
     * @throws InterruptedException when the user does not want to wait
     */
    Step measure(int concurrency) throws InterruptedException;
}
