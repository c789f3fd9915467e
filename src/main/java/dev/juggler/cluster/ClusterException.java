package dev.juggler.cluster;

import org.jspecify.annotations.Nullable;

/** Reports that a cluster cannot be joined, in one line for users. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** True for a wrong configuration, false for an unreachable cluster. */
    private final boolean usage;

    private ClusterException(String message, boolean usage, @Nullable Throwable cause) {
        super(message, cause);
        this.usage = usage;
    }

    static ClusterException usage(String message) {
        return new ClusterException(message, true, null);
    }

    static ClusterException usage(String message, Throwable cause) {
        return new ClusterException(message, true, cause);
    }

    static ClusterException unreachable(String message, Throwable cause) {
        return new ClusterException(message, false, cause);
    }

    /** Returns true if the configuration is wrong (exit code 2), false if the cluster is unreachable (exit code 4). */
    public boolean isUsage() {
        return usage;
    }
}
