package dev.juggler.worker;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives batches from a coordinator in another JVM for the workers of this one, and sends it their heartbeats. No
 * task of a worker blocks its event loop, so a long task does not look like a dead worker.
 */
public final class CoordinatorLinkVerticle extends VerticleBase {
    /** The interval between two heartbeats of a worker, in milliseconds. */
    public static final long HEARTBEAT_MILLIS = 1_000;

    private final String run;
    private final Consumer<String> onLost;
    private final List<CoordinatorLink> links = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;

    /**
     * Creates a verticle that has no links yet.
     *
     * @param run identifies this run of the job in event bus addresses
     * @param onLost receives the id of a worker that is stuck in a task that does not end; called on this verticle's
     *     event loop
     */
    public CoordinatorLinkVerticle(String run, Consumer<String> onLost) {
        this.run = run;
        this.onLost = onLost;
    }

    @Override
    public Future<?> start() {
        thread = Thread.currentThread();
        vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> links.forEach(CoordinatorLink::sendHeartbeat));
        return Future.succeededFuture();
    }

    /** The event loop thread, null before deployment. No worker whose tasks could block it may run there. */
    public @Nullable Thread thread() {
        return thread;
    }

    /**
     * Receives batches for a worker from now on, and announces it to the coordinator by a heartbeat. Called from any
     * thread.
     *
     * @param node the id of this JVM in the cluster
     * @param secret an unguessable part of the worker's address; {@code ""} if all members of the bus are trusted
     * @return completes when the worker's address is registered
     */
    public Future<Void> open(JobWorkerVerticle worker, String node, String secret) {
        CoordinatorLink link =
                new CoordinatorLink(vertx, context, run, worker, node, secret, () -> onLost.accept(worker.id()));
        links.add(link);
        return link.open();
    }

    /**
     * Accepts no more batches for any worker, and tells the coordinator so. Called from any thread.
     *
     * @return completes when all accepted batches are answered: batches not started are returned at once, the others
     *     when their workers finish them
     */
    public Future<Void> leave() {
        return Future.future(promise -> context.runOnContext(ignored -> Future.join(
                        links.stream().map(CoordinatorLink::leave).toList())
                .<Void>mapEmpty()
                .onComplete(promise)));
    }

    /** Closes the link of a worker that is stuck or gone. Called on this verticle's event loop. */
    public void close(String worker) {
        links.removeIf(link -> link.closeIfFor(worker));
    }
}
