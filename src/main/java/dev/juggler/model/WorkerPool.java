package dev.juggler.model;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The workers of one job, wherever they are. Its methods may be called from any thread. */
public interface WorkerPool {

    /** The Vert.x on which the job's coordinator reaches them. */
    Future<Vertx> open();

    /**
     * Deploys those that are still missing for this concurrency; each announces itself to the coordinator. Completes
     * when the last one is ready.
     */
    Future<Void> deploy(int concurrency);

    /** Forgets a worker that is stuck, or not heard of. */
    void forget(String worker);

    /** Deploys one more; fails when there is no place for it, or too many have been lost. */
    Future<Void> deployAnother();

    /** Lets all of them end what they have begun, and begin no more. */
    void drain();

    /** Ends what all of them are doing, and says how long that takes at most. */
    Duration cancel(String reason);

    /** Undeploys all that are not stuck. Completes when they have let go of what they hold, or had the time to. */
    Future<Void> undeploy();

    /** Lets go of the Vert.x that {@link #open} gave, where it is not the caller's. */
    Future<Void> close();

    /** Hears of losses that the pool finds itself. */
    interface Listener {
        /** A process of this name is dead; another takes its place. */
        void died(String node, String why);

        /** No other could be started in its place. */
        void failed(String why);
    }
}
