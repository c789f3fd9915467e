package dev.juggler.node.jobs;

import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks whether this node is in the quorum, by the results of its calls to the other nodes. In the minority everything
 * stops until enough nodes are back, since another node may own its jobs by then. Other failures are logged once,
 * however often the call is repeated, and so is its recovery. Confined to one event loop.
 */
final class QuorumGuard {
    private static final Logger LOG = LoggerFactory.getLogger(QuorumGuard.class);

    /** Failures that are remembered; beyond that the memory is cleared, and failures are logged again. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Runnable stop;
    private final Map<String, String> failures = new HashMap<>();
    private boolean suspended;

    /** A guard of a node that is in the quorum; it runs {@code stop} each time that the node loses it. */
    QuorumGuard(Runnable stop) {
        this.stop = stop;
    }

    /** Returns whether this node is in the minority. */
    boolean isSuspended() {
        return suspended;
    }

    /** Notes that the other nodes were reached. */
    void resume() {
        if (suspended) {
            suspended = false;
            LOG.warn("enough nodes are back: this node accepts jobs again");
        }
    }

    /**
     * Suspends this node when a call fails for want of a quorum.
     *
     * @return completes when the call does; fails as the call does, except in the minority
     */
    Future<Void> suspendOnMinority(Future<?> call) {
        return call.<Void>mapEmpty().recover(failure -> {
            if (!(failure instanceof RejectedRequestException rejection && rejection.isMinority())) {
                return Future.failedFuture(failure);
            }
            suspend(String.valueOf(failure.getMessage()));
            return Future.succeededFuture();
        });
    }

    /**
     * Suspends this node likewise for a call without a waiting caller; other failures go to the log.
     *
     * @param description of the call for the log, such as "publishing the status of job 1"
     */
    void watch(Future<?> call, String description) {
        suspendOnMinority(call)
                .onSuccess(done -> succeeded(description))
                .onFailure(failure -> failed(description, failure));
    }

    private void suspend(String reason) {
        if (!suspended) {
            suspended = true;
            LOG.error("{}", reason);
            stop.run();
        }
    }

    private void failed(String description, Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        if (failures.size() >= MAX_REMEMBERED) {
            failures.clear();
        }
        if (!reason.equals(failures.put(description, reason))) {
            LOG.error("{} fails and is retried", description, failure);
        }
    }

    private void succeeded(String description) {
        if (failures.remove(description) != null) {
            LOG.info("{} works again", description);
        }
    }
}
