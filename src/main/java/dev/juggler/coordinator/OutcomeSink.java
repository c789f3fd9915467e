package dev.juggler.coordinator;

import dev.juggler.job.Outcome;
import io.vertx.core.Future;
import java.util.List;

/** Where outcomes go: the journal, the results, the progress. */
public interface OutcomeSink {

    /**
     * Takes outcomes. Called on the coordinator's event loop, never while an earlier call is under way.
     *
     * @param arrived in the order in which they came, for the journal
     * @param released for the results: the same, or in the order of the inputs
     * @return completes on that event loop when they are written; failed when they could not be, which stops the run
     */
    Future<Void> write(List<Outcome> arrived, List<Outcome> released);
}
