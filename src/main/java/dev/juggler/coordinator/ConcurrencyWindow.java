package dev.juggler.coordinator;

import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limit of batches in flight over all workers: the job's concurrency, or the limit that {@link AdaptiveLimit}
 * finds. Confined to the coordinator's event loop, except {@link #size} and {@link #highest}.
 */
final class ConcurrencyWindow {
    /** The initial limit of an adaptive job; for work other than fetch, at most the number of processors. */
    private static final int INITIAL = 4;

    private final @Nullable AdaptiveLimit adaptive;
    private final boolean failuresShowLoad;
    /** Unlimited before the first {@link #resize}: the credit of the workers is the limit then. */
    private int max = Integer.MAX_VALUE;

    private volatile int size;
    private volatile int highest;

    ConcurrencyWindow(Job job, long nanoTime) {
        int cores = Runtime.getRuntime().availableProcessors();
        int initial = job.work().kind().waitsForServers() ? INITIAL : Math.min(INITIAL, cores);
        // An overloaded server fails; a program fails for other reasons.
        this.failuresShowLoad = job.work().kind().failsUnderLoad();
        this.adaptive = job.adaptive() ? new AdaptiveLimit(initial, job.concurrency(), nanoTime) : null;
        this.size = adaptive == null ? job.concurrency() : adaptive.current();
        this.highest = size;
    }

    /** Sets a fixed limit; an adaptive one stays as it is. */
    void resize(int concurrency) {
        if (adaptive == null) {
            max = concurrency;
            size = concurrency;
            highest = concurrency;
        }
    }

    /** Caps an adaptive limit, in addition to the job's concurrency; a fixed one stays as it is. */
    void bound(int concurrency) {
        if (adaptive != null) {
            adaptive.bound(concurrency);
            size = adaptive.settled();
        }
    }

    /** Returns whether another batch may be sent while this many are in flight. */
    boolean hasRoom(int inFlight) {
        return inFlight < (adaptive == null ? max : adaptive.current());
    }

    /**
     * Adapts the limit to the outcomes of a batch.
     *
     * @param inFlight the batches in flight just before the reply, this one included
     * @return true if the limit is higher than ever before
     */
    boolean learn(InFlightBatch batch, List<Outcome> outcomes, int inFlight) {
        if (adaptive == null) {
            return false;
        }
        int attempted = 0;
        int overloaded = 0;
        for (Outcome outcome : outcomes) {
            attempted += outcome.result() instanceof Result.Cancelled ? 0 : 1;
            overloaded += showsLoad(outcome.result()) ? 1 : 0;
        }
        adaptive.onReply(batch.sentNanos(), System.nanoTime(), inFlight, attempted, overloaded);
        size = adaptive.settled();
        boolean grown = adaptive.highest() > highest;
        highest = adaptive.highest();
        return grown;
    }

    /** Returns whether overload may be the cause of a result: a timeout, or a failure that a retry may fix. */
    private boolean showsLoad(Result result) {
        return switch (result) {
            case Result.TimedOut late -> true;
            case Result.Failed failed -> failuresShowLoad && failed.error().retryable();
            default -> false;
        };
    }

    /** The limit, apart from short phases in which an adaptive one is lower. Called from any thread. */
    int size() {
        return size;
    }

    /** The highest limit so far. Called from any thread. */
    int highest() {
        return highest;
    }
}
