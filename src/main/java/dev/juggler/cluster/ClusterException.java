package dev.juggler.cluster;

/** A cluster cannot be joined: a wrong configuration, or nobody to meet. Its message is one line for a person. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** True when the fault lies with what was asked for, and not with the network. */
    private final boolean usage;

    private ClusterException(String message, boolean usage, Throwable cause) {
        super(message, cause);
        this.usage = usage;
    }

    static ClusterException usage(String message, Throwable cause) {
        return new ClusterException(message, true, cause);
    }

    static ClusterException unreachable(String message, Throwable cause) {
        return new ClusterException(message, false, cause);
    }

    /** Returns whether the configuration is wrong: exit code 2, and 4 otherwise. */
    public boolean isUsage() {
        return usage;
    }
}
