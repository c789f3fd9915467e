package dev.juggler.compare;

import java.io.IOException;

/** Runs contenders, one at a time, and measures each run. */
public interface CandidateMeasurer extends AutoCloseable {

    /**
     * Runs the job once and waits for its end.
     *
     * @param picture whether a timeline is made, which makes the run slower when its tasks are very short
     * @throws IOException when the run could not begin, or what was measured could not be got
     */
    RunMeasurement measure(Candidate contender, boolean picture) throws IOException, InterruptedException;

    /** What the peak of memory is of, for a person. */
    String memory();

    @Override
    void close() throws IOException;
}
