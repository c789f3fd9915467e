package dev.juggler.compare;

import dev.juggler.engine.PreparedJob;
import java.io.IOException;

/** Prepares the compared job for each of its runs. */
public interface JobPreparation {

    /**
     * Prepares the job for a run under a candidate's model, with its inputs opened from the beginning and an output
     * folder without files of earlier runs.
     *
     * @throws IOException if the inputs or the output folder cannot be opened
     */
    PreparedJob prepare(Candidate candidate) throws IOException;

    /** Removes the output of the last run. */
    default void cleanUp() throws IOException {}
}
