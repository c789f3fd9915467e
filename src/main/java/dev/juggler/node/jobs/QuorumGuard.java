package dev.juggler.node.jobs;

import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this node stands among the others, by what becomes of its dealings with them. In the minority everything stops until
 * the others are back: another node may have all of it by then. What else fails is told once, however often it is tried
 * again, and so is that it has passed. Confined to one event loop.
 */
final class QuorumGuard {
    private static final Logger LOG = LoggerFactory.getLogger(QuorumGuard.class);

    /** So many troubles are remembered. */
    private static final int MOST = 1_000;

    private final Runnable stop;
    private final Map<String, String> troubles = new HashMap<>();
    private boolean suspended;

    /** A node that may go on; {@code stop} is called when it no more may. */
    QuorumGuard(Runnable stop) {
        this.stop = stop;
    }

    /** Whether this node is in the minority. */
    boolean isSuspended() {
        return suspended;
    }

    /** Notes that the others are there. */
    void reached() {
        if (suspended) {
            suspended = false;
            LOG.warn("enough nodes are back: this node takes jobs again");
        }
    }

    /** What became of a dealing; to be in the minority is no failure of it. */
    Future<Void> of(Future<?> dealing) {
        return dealing.<Void>mapEmpty().recover(failure -> {
            if (!(failure instanceof RejectedRequestException refusal && refusal.isMinority())) {
                return Future.failedFuture(failure);
            }
            suspend(failure.getMessage());
            return Future.succeededFuture();
        });
    }

    /** The same; its failure goes to the log. */
    void of(Future<?> dealing, String what) {
        of(dealing).onSuccess(done -> passed(what)).onFailure(failure -> failed(what, failure));
    }

    private void suspend(String why) {
        if (!suspended) {
            suspended = true;
            LOG.error("{}", why);
            stop.run();
        }
    }

    private void failed(String what, Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        if (troubles.size() >= MOST) {
            troubles.clear();
        }
        if (!why.equals(troubles.put(what, why))) {
            LOG.error("{} fails, and is tried again", what, failure);
        }
    }

    private void passed(String what) {
        if (troubles.remove(what) != null) {
            LOG.info("{} works again", what);
        }
    }
}
