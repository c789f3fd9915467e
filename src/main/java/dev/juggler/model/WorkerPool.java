package dev.juggler.model;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The workers of one job, in this JVM or others. Its methods may be called from any thread. */
public interface WorkerPool {

    /** Opens the pool. Completes with the Vert.x on which the job's coordinator reaches the workers. */
    Future<Vertx> open();

    /**
     * Deploys the workers that are missing for this concurrency. Each announces itself to the coordinator. Completes
     * when the last one is ready.
     */
    Future<Void> deploy(int concurrency);

    /** Forgets a worker that is stuck or no longer sends heartbeats. */
    void forget(String worker);

    /** Deploys one more worker; fails if there is no thread for it or too many workers have been lost. */
    Future<Void> deployAnother();

    /** Makes all workers finish their running tasks and begin no more. */
    void drain();

    /** Ends the running tasks of all workers. Returns the longest time that this takes. */
    Duration cancel(String reason);

    /** Undeploys all workers that are not stuck. Completes when they have released everything, or after a timeout. */
    Future<Void> undeploy();

    /** Closes the Vert.x of {@link #open}, unless it is the caller's. */
    Future<Void> close();

    /** Receives the losses that the pool itself notices. */
    interface Listener {
        /** The process of this name has died. The pool replaces it. */
        void died(String node, String why);

        /** A replacement could not be started. */
        void failed(String why);
    }
}
