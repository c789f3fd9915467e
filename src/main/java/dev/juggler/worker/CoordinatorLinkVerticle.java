package dev.juggler.worker;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Takes batches from a coordinator in another JVM for the workers of this one, and tells it that they are alive. Its
 * event loop is never blocked, whatever the workers' tasks do, so that a long task does not look like a dead worker.
 */
public final class CoordinatorLinkVerticle extends VerticleBase {
    /** How often a worker says that it is alive. */
    public static final long ALIVE_MILLIS = 1_000;

    private final String run;
    private final Consumer<String> onLost;
    private final List<CoordinatorLink> intakes = new CopyOnWriteArrayList<>();
    private volatile Thread thread;

    /**
     * An intake that is not deployed yet.
     *
     * @param run what tells this run of the job from others, in addresses
     * @param onLost hears of a worker that is stuck in a task that does not end; called on this verticle's event loop
     */
    public CoordinatorLinkVerticle(String run, Consumer<String> onLost) {
        this.run = run;
        this.onLost = onLost;
    }

    @Override
    public Future<?> start() {
        thread = Thread.currentThread();
        vertx.setPeriodic(ALIVE_MILLIS, timer -> intakes.forEach(CoordinatorLink::sayAlive));
        return Future.succeededFuture();
    }

    /** The event loop it lives on, once it is deployed; no worker whose tasks could block it may be there. */
    public Thread thread() {
        return thread;
    }

    /**
     * Takes batches for this worker from now on, and tells the coordinator of it.
     *
     * @param node the name of this JVM
     * @param secret a part of the worker's address that nobody can guess; {@code ""} where all on the bus are trusted
     */
    public Future<Void> open(JobWorkerVerticle worker, String node, String secret) {
        CoordinatorLink intake =
                new CoordinatorLink(vertx, context, run, worker, node, secret, () -> onLost.accept(worker.id()));
        intakes.add(intake);
        return intake.open();
    }

    /**
     * Takes no more for any worker, and tells the coordinator so. Completes when all that was taken is answered: what is
     * not begun goes back at once, what is begun when its worker ends it. Called from any thread.
     */
    public Future<Void> leave() {
        return Future.future(promise -> context.runOnContext(ignored -> Future.join(
                        intakes.stream().map(CoordinatorLink::leave).toList())
                .<Void>mapEmpty()
                .onComplete(promise)));
    }

    /** Takes no more for a worker that is stuck, or gone. */
    public void close(String worker) {
        intakes.removeIf(intake -> intake.closedFor(worker));
    }
}
