package dev.juggler.compare;

import java.io.IOException;

/** Runs candidates, one at a time, and measures each run. Blocks the calling thread; not thread-safe. */
public interface CandidateMeasurer extends AutoCloseable {

    /**
     * Runs the job once and waits for its end.
     *
     * @param withTimeline true to record a timeline, which slows down runs with very short tasks
     * @throws IOException if the run could not start or its measurements could not be read
     */
    RunMeasurement measure(Candidate candidate, boolean withTimeline) throws IOException, InterruptedException;

    /** A description of what the peak memory of the measured runs covers; valid after the first run. */
    String memory();

    @Override
    void close() throws IOException;
}
