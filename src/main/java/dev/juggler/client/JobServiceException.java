package dev.juggler.client;

/** A request that the job service refused, or that did not reach one. */
public final class JobServiceException extends RuntimeException {
    /** The request is malformed, or asks for what the node does not allow. */
    public static final int BAD_REQUEST = 400;
    /** There is no such job. */
    public static final int NOT_FOUND = 404;
    /** The request contradicts what is there: another job has that key, or the job has ended. */
    public static final int CONFLICT = 409;
    /** Not now: the node is full, is leaving, cannot write, or there is none. */
    public static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1L;
    private final int code;

    public JobServiceException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** One of 400, 404, 409, 503. */
    public int code() {
        return code;
    }
}
