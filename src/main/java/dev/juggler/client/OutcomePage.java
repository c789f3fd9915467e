package dev.juggler.client;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Some of a job's outcomes, in the order in which they were journalled.
 *
 * @param id the job
 * @param outcomes outcome rows, an attempt each; empty when there are no more yet
 * @param next the position to ask for the following page with
 * @param complete whether the job has ended and this was the last page
 */
public record OutcomePage(String id, List<JsonObject> outcomes, long next, boolean complete) {

    public OutcomePage {
        outcomes = List.copyOf(outcomes);
    }
}
