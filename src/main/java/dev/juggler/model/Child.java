package dev.juggler.model;

import dev.juggler.bus.BusCodec;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.work.JobVertx;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.IntakeVerticle;
import dev.juggler.worker.JobWorkerVerticle;
import dev.juggler.worker.Works;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a child process does: it joins its parent's cluster and deploys the workers of its inner model. */
final class Child {
    /** The intake's own loop, one for workers that do not block, and some for functions that do. */
    private static final int LOOPS = 4;

    /** How much longer than its work's grace an end may take. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final ChildOrder order;
    private final Job job;
    private volatile Cluster cluster;
    private volatile WorkProvider work;
    private volatile Workers workers;
    private volatile IntakeVerticle intake;
    private final List<JobWorkerVerticle> first = new ArrayList<>();
    private boolean opened;
    private volatile boolean drained;
    private volatile String cancelled;

    Child(ChildOrder order) {
        this.order = order;
        this.job = order.job().inProcess();
        // In a rehearsal parent and child are one process, which cannot wait for its own end.
        ProcessHandle.of(order.parentPid())
                .filter(parent -> !parent.equals(ProcessHandle.current()))
                .ifPresent(parent -> parent.onExit().thenRun(this::orphaned));
    }

    /** Completes when its workers could take batches. */
    Future<Void> start() {
        CompletableFuture<WorkProvider> prepared = CompletableFuture.supplyAsync(
                () -> Works.prepare(job.work(), order.values()),
                action -> Thread.ofPlatform().start(action));
        return Cluster.join(
                        JobVertx.options().setEventLoopPoolSize(LOOPS),
                        ClusterSettings.joining(order.cluster(), order.parent()))
                .compose(joined -> {
                    cluster = joined;
                    Vertx vertx = joined.vertx();
                    return Future.fromCompletionStage(prepared)
                            .recover(failure ->
                                    Future.failedFuture(failure.getCause() == null ? failure : failure.getCause()))
                            .compose(ready -> deploy(vertx, ready));
                });
    }

    /** Leaves its cluster, where its JVM goes on. */
    Future<Void> leave() {
        return cluster == null ? Future.succeededFuture() : cluster.leave();
    }

    private Future<Void> deploy(Vertx vertx, WorkProvider ready) {
        work = ready;
        BusCodec.register(vertx.eventBus());
        intake = new IntakeVerticle(job.id(), this::replace);
        return vertx.deployVerticle(intake).compose(id -> {
            workers = new Workers(vertx, job, work, this::isReserved, order.node(), this::open);
            return workers.deploy(job.concurrency()).onSuccess(deployed -> catchUp());
        });
    }

    private boolean isReserved(Thread thread) {
        return thread == intake.thread();
    }

    /** The first workers wait until the parent knows that they are there: a first task may end this process at once. */
    private synchronized Future<Void> open(JobWorkerVerticle worker) {
        if (!opened) {
            first.add(worker);
            return Future.succeededFuture();
        }
        return intake.open(worker, order.node(), order.secret());
    }

    /** Takes batches from now on. */
    synchronized void open() {
        opened = true;
        first.forEach(this::open);
    }

    /** Does what was said before there were workers. */
    private void catchUp() {
        if (drained) {
            workers.drain();
        }
        Optional.ofNullable(cancelled).ifPresent(workers::cancel);
    }

    /**
     * A worker is stuck. One of several leaves its thread behind and another takes its place; where it was the only one,
     * the parent ends this process, which frees the thread too.
     */
    private void replace(String worker) {
        if (job.model() == ConcurrencyModel.THREADS || job.model() == ConcurrencyModel.VIRTUAL) {
            intake.close(worker);
            workers.forget(worker);
            workers.deployAnother();
        }
    }

    void drain() {
        drained = true;
        if (workers != null) {
            workers.drain();
        }
    }

    void cancel(String reason) {
        cancelled = reason;
        if (workers != null) {
            workers.cancel(reason);
        }
    }

    private void orphaned() {
        end();
        Runtime.getRuntime().halt(1);
    }

    /** Ends what is running and lets go of what it holds; it does not wait longer than that should take. */
    void end() {
        WorkProvider held = work;
        if (held != null) {
            Thread closing = Thread.ofPlatform().daemon().start(held::close);
            try {
                closing.join(held.grace().plus(LAST));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
