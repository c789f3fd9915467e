package dev.juggler.coordinator;

import dev.juggler.job.Outcome;
import io.vertx.core.Future;
import java.util.List;

/** The destination of outcomes: the journal, the results and the progress. */
public interface OutcomeSink {

    /**
     * Writes outcomes. Called on the coordinator's event loop, never while an earlier call is under way.
     *
     * @param arrived the outcomes in the order of arrival, for the journal
     * @param released the outcomes for the results: the same, or those that are next in the order of the inputs
     * @return completes on that event loop when they are written; a failure stops the run
     */
    Future<Void> write(List<Outcome> arrived, List<Outcome> released);
}
