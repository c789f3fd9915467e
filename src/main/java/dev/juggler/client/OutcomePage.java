package dev.juggler.client;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A page of a job's outcomes, in the order of the journal.
 *
 * @param id the id of the job
 * @param outcomes outcome rows, one per attempt; empty when there are no more yet
 * @param next the position of the next page
 * @param complete whether the job has ended and this is the last page
 */
public record OutcomePage(String id, List<JsonObject> outcomes, long next, boolean complete) {

    /** Copies the rows. */
    public OutcomePage {
        outcomes = List.copyOf(outcomes);
    }
}
