package dev.juggler.compare;

import dev.juggler.engine.PreparedJob;
import java.io.IOException;

/** Makes the job that is compared ready for one more run. */
public interface JobPreparation {

    /**
     * The job under this contender's model, its inputs opened at their beginning and its work at a place where no
     * earlier run has left anything.
     *
     * @throws IOException when the inputs or the place cannot be opened
     */
    PreparedJob prepare(Candidate contender) throws IOException;

    /** Removes what the last run has left in the place of its work. */
    default void clear() throws IOException {}
}
