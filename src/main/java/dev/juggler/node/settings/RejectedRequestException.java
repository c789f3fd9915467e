package dev.juggler.node.settings;

import dev.juggler.client.JobServiceException;

/** A request that is not granted: the code and the one line that go back to its sender. */
public final class RejectedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final boolean minority;

    private RejectedRequestException(int code, String reason) {
        this(code, reason, false);
    }

    private RejectedRequestException(int code, String reason, boolean minority) {
        super(reason, null, false, false);
        this.code = code;
        this.minority = minority;
    }

    /** The request is wrong, or asks for what is not allowed. */
    public static RejectedRequestException bad(String reason) {
        return new RejectedRequestException(JobServiceException.BAD_REQUEST, reason);
    }

    public static RejectedRequestException noJob(String id) {
        return new RejectedRequestException(JobServiceException.NOT_FOUND, "there is no job '" + id + "'");
    }

    /** It contradicts what is there. */
    public static RejectedRequestException conflict(String reason) {
        return new RejectedRequestException(JobServiceException.CONFLICT, reason);
    }

    /** Not now. */
    public static RejectedRequestException unavailable(String reason) {
        return new RejectedRequestException(JobServiceException.UNAVAILABLE, reason);
    }

    /** What another node said. */
    public static RejectedRequestException of(int code, String reason) {
        return new RejectedRequestException(code, reason);
    }

    /** The same while this node is in the smaller part of a cluster that fell apart. */
    public static RejectedRequestException minority(String reason) {
        return new RejectedRequestException(JobServiceException.UNAVAILABLE, reason, true);
    }

    /** Whether it is for want of other nodes. */
    public boolean isMinority() {
        return minority;
    }

    public int code() {
        return code;
    }
}
