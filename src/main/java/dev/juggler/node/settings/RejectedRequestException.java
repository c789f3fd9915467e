package dev.juggler.node.settings;

import dev.juggler.client.JobServiceException;

/** A request that a node rejects, with the reply code and the one line that its sender gets. */
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

    /** Code 400: the request is malformed, or asks for what this node does not allow. */
    public static RejectedRequestException bad(String reason) {
        return new RejectedRequestException(JobServiceException.BAD_REQUEST, reason);
    }

    /** Code 404: there is no job with this id. */
    public static RejectedRequestException noJob(String id) {
        return new RejectedRequestException(JobServiceException.NOT_FOUND, "there is no job '" + id + "'");
    }

    /** Code 409: the request contradicts the state of a job. */
    public static RejectedRequestException conflict(String reason) {
        return new RejectedRequestException(JobServiceException.CONFLICT, reason);
    }

    /** Code 503: not now; the sender may retry. */
    public static RejectedRequestException unavailable(String reason) {
        return new RejectedRequestException(JobServiceException.UNAVAILABLE, reason);
    }

    /** A rejection by another node, passed on unchanged. */
    public static RejectedRequestException of(int code, String reason) {
        return new RejectedRequestException(code, reason);
    }

    /** Code 503 while this node is in the smaller part of a partitioned cluster. */
    public static RejectedRequestException minority(String reason) {
        return new RejectedRequestException(JobServiceException.UNAVAILABLE, reason, true);
    }

    /** Returns whether this node sees too few other nodes. */
    public boolean isMinority() {
        return minority;
    }

    /** The reply code, as in {@link JobServiceException}. */
    public int code() {
        return code;
    }
}
