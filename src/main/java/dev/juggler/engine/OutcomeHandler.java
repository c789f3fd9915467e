package dev.juggler.engine;

import dev.juggler.job.Outcome;
import java.io.IOException;
import java.util.List;

/** Handles the outcomes of a run, for example prints them. Called on one thread at a time, which may block. */
public interface OutcomeHandler {

    /** Discards all outcomes. */
    OutcomeHandler NONE = outcomes -> {};

    /**
     * Handles outcomes, in the order of the inputs when the job keeps it.
     *
     * @throws IOException to stop the run, because no more outcomes can be handled
     */
    void accept(List<Outcome> outcomes) throws IOException;
}
