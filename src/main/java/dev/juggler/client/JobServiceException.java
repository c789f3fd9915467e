package dev.juggler.client;

/** Thrown when a request was rejected, or did not reach a node. */
public final class JobServiceException extends RuntimeException {
    /** The request is malformed, or not allowed by the node. */
    public static final int BAD_REQUEST = 400;
    /** There is no such job. */
    public static final int NOT_FOUND = 404;
    /** The request conflicts with the state of a job: another job has the key, or the job has ended. */
    public static final int CONFLICT = 409;
    /** The request cannot be served now: the node is full, is leaving or cannot write, or there is no node. */
    public static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1L;
    private final int code;

    /**
     * Creates an exception.
     *
     * @param code one of the codes of this class
     * @param message one line for the user
     */
    public JobServiceException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns the code: 400, 404, 409 or 503. */
    public int code() {
        return code;
    }
}
