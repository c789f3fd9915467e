package dev.juggler.coordinator;

import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import java.util.List;

/**
 * How many batches may be in flight over all workers: as many as the job says, or as an {@link AdaptiveLimit} finds
 * best. Confined to the coordinator's event loop, but for {@link #size} and {@link #highest}.
 */
final class ConcurrencyWindow {
    /** Where a fetch begins; other work with one on each processor, if that is less. */
    private static final int FIRST = 4;

    private final AdaptiveLimit adaptive;
    private final boolean failuresTell;
    /** What other workers were chosen for; more than there can be before that. */
    private int most = Integer.MAX_VALUE;

    private volatile int size;
    private volatile int highest;

    ConcurrencyWindow(Job job, long nanoTime) {
        int cores = Runtime.getRuntime().availableProcessors();
        int first = job.work().kind().waitsForServers() ? FIRST : Math.min(FIRST, cores);
        // Why a program fails is its own affair; a server that is asked too much says so.
        this.failuresTell = job.work().kind().failsUnderLoad();
        this.adaptive = job.adaptive() ? new AdaptiveLimit(first, job.concurrency(), nanoTime) : null;
        this.size = adaptive == null ? job.concurrency() : adaptive.current();
        this.highest = size;
    }

    /** Other workers take more, or fewer, at a time; an adaptive limit goes on as it is. */
    void resize(int concurrency) {
        if (adaptive == null) {
            most = concurrency;
            size = concurrency;
            highest = concurrency;
        }
    }

    /** An adaptive limit shall not go beyond this, nor beyond what the job says. */
    void bound(int concurrency) {
        if (adaptive != null) {
            adaptive.bound(concurrency);
            size = adaptive.settled();
        }
    }

    /** Whether another batch may be sent while so many are in flight. */
    boolean hasRoom(int inFlight) {
        return inFlight < (adaptive == null ? most : adaptive.current());
    }

    /**
     * Takes what came back.
     *
     * @param inFlight batches in flight just before the reply, with this one
     * @return whether more may be in flight than ever before
     */
    boolean learn(InFlightBatches.InFlightBatch flight, List<Outcome> outcomes, int inFlight) {
        if (adaptive == null) {
            return false;
        }
        int tried = 0;
        int troubled = 0;
        for (Outcome outcome : outcomes) {
            tried += outcome.result() instanceof Result.Cancelled ? 0 : 1;
            troubled += isTroubled(outcome.result()) ? 1 : 0;
        }
        adaptive.ended(flight.sentNanos(), System.nanoTime(), inFlight, tried, troubled);
        size = adaptive.settled();
        boolean grown = adaptive.highest() > highest;
        highest = adaptive.highest();
        return grown;
    }

    /** Whether it failed as tasks do under too much load: it took too long, or may go better later. */
    private boolean isTroubled(Result result) {
        return switch (result) {
            case Result.TimedOut late -> true;
            case Result.Failed failed -> failuresTell && failed.error().retryable();
            default -> false;
        };
    }

    /** How many batches may be in flight, apart from short whiles in which fewer may be. */
    int size() {
        return size;
    }

    /** The most that ever might be in flight. */
    int highest() {
        return highest;
    }
}
