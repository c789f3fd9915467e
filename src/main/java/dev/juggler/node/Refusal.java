package dev.juggler.node;

import dev.juggler.client.JobServiceException;

/** A request that is not granted: the code and the one line that go back to its sender. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    private Refusal(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /** The request is wrong, or asks for what is not allowed. */
    static Refusal bad(String reason) {
        return new Refusal(JobServiceException.BAD_REQUEST, reason);
    }

    static Refusal noJob(String id) {
        return new Refusal(JobServiceException.NOT_FOUND, "there is no job '" + id + "'");
    }

    /** It contradicts what is there. */
    static Refusal conflict(String reason) {
        return new Refusal(JobServiceException.CONFLICT, reason);
    }

    /** Not now. */
    static Refusal unavailable(String reason) {
        return new Refusal(JobServiceException.UNAVAILABLE, reason);
    }

    int code() {
        return code;
    }
}
