package dev.juggler.node;

import dev.juggler.client.StrictJson;
import dev.juggler.node.settings.RejectedRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request about one job or all jobs; an omitted field is null.
 *
 * @param id the job
 * @param position the start of a page of outcomes
 * @param limit the maximum number of rows or jobs in the reply
 */
record JobQuery(
        @Nullable String id,
        @Nullable Long position,
        @Nullable Integer limit) {
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;

    static JobQuery read(byte[] json) {
        return StrictJson.read(json, JobQuery.class);
    }

    /**
     * Returns the id.
     *
     * @throws RejectedRequestException when it is missing
     */
    String requiredId() {
        if (id == null) {
            throw RejectedRequestException.bad("'id' is missing; give the id of a job");
        }
        return id;
    }

    long positionOrStart() {
        return position == null ? 0 : position;
    }

    /**
     * Returns the limit, or its default.
     *
     * @throws RejectedRequestException when it is out of range
     */
    int checkedLimit() {
        if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
            throw RejectedRequestException.bad("'limit' must be from 1 to " + MAX_LIMIT + ", not " + limit);
        }
        return limit == null ? DEFAULT_LIMIT : limit;
    }
}
