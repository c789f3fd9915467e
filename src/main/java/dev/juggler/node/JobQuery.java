package dev.juggler.node;

import dev.juggler.client.StrictJson;
import dev.juggler.node.settings.RejectedRequestException;

/**
 * What is asked of a job or of all.
 *
 * @param id the job
 * @param position where a page of outcomes begins
 * @param limit how many at most
 */
record JobQuery(String id, Long position, Integer limit) {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    static JobQuery read(byte[] json) {
        return StrictJson.read(json, JobQuery.class);
    }

    String checkedId() {
        if (id == null) {
            throw RejectedRequestException.bad("'id' is missing: name a job");
        }
        return id;
    }

    long checkedPosition() {
        return position == null ? 0 : position;
    }

    int checkedLimit() {
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw RejectedRequestException.bad("'limit' lies from 1 to " + MOST + ", not at " + limit);
        }
        return limit == null ? USUAL : limit;
    }
}
