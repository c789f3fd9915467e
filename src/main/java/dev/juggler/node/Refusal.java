package dev.juggler.node;

import dev.juggler.client.JobServiceException;

/** A request that is not granted: the code and the one line that go back to its sender. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final boolean minority;

    private Refusal(int code, String reason) {
        this(code, reason, false);
    }

    private Refusal(int code, String reason, boolean minority) {
        super(reason, null, false, false);
        this.code = code;
        this.minority = minority;
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

    /** What another node said. */
    static Refusal of(int code, String reason) {
        return new Refusal(code, reason);
    }

    /** The same while this node is in the smaller part of a cluster that fell apart. */
    static Refusal minority(String reason) {
        return new Refusal(JobServiceException.UNAVAILABLE, reason, true);
    }

    /** Whether it is for want of other nodes. */
    boolean isMinority() {
        return minority;
    }

    int code() {
        return code;
    }
}
