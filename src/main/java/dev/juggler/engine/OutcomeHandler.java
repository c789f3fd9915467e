package dev.juggler.engine;

import dev.juggler.job.Outcome;
import java.io.IOException;
import java.util.List;

/** What a caller does with the outcomes of a run: print them, say. Called on one thread at a time, which may block. */
public interface OutcomeHandler {

    /** Throws everything away. */
    OutcomeHandler NONE = outcomes -> {};

    /**
     * Takes outcomes, in the order of the inputs when the job keeps it.
     *
     * @throws IOException when there is no use in going on; the run is stopped
     */
    void accept(List<Outcome> outcomes) throws IOException;
}
