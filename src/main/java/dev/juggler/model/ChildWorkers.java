package dev.juggler.model;

import dev.juggler.bus.BusMessageCodec;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.Job;
import dev.juggler.work.JobVertxOptions;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.WorkProviders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a child process does: it joins its parent's cluster and deploys the workers of its inner model. */
final class ChildWorkers {
    /** The intake's own loop, one for workers that do not block, and some for functions that do. */
    private static final int LOOPS = 4;

    /** How much longer than its work's grace an end may take. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final ChildAssignment order;
    private final Job job;
    private volatile Cluster cluster;
    private volatile WorkProvider work;
    private volatile RemoteWorkers outpost;
    private volatile boolean drained;
    private volatile String cancelled;

    ChildWorkers(ChildAssignment order) {
        this.order = order;
        this.job = order.job().inProcess();
        // In a rehearsal parent and child are one process, which cannot wait for its own end.
        ProcessHandle.of(order.parentPid())
                .filter(parent -> !parent.equals(ProcessHandle.current()))
                .ifPresent(parent -> {
                    var _ = parent.onExit().thenRun(this::orphaned);
                });
    }

    /** Completes when its workers could take batches. */
    Future<Void> start() {
        CompletableFuture<WorkProvider> prepared = CompletableFuture.supplyAsync(
                () -> WorkProviders.prepare(job.work(), order.values()),
                action -> Thread.ofPlatform().start(action));
        return Cluster.join(
                        JobVertxOptions.options().setEventLoopPoolSize(LOOPS),
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
        BusMessageCodec.register(vertx.eventBus());
        RemoteWorkers.WorkerSite post = new RemoteWorkers.WorkerSite(job.id(), order.node(), order.secret(), false);
        outpost = new RemoteWorkers(vertx, job, work, post);
        return outpost.deploy().onSuccess(deployed -> catchUp());
    }

    /** Takes batches, once the parent knows that it is there: a first task may end this process at once. */
    void open() {
        outpost.open();
    }

    /** Does what was said before there were workers. */
    private void catchUp() {
        if (drained) {
            outpost.drain();
        }
        Optional.ofNullable(cancelled).ifPresent(outpost::cancel);
    }

    void drain() {
        drained = true;
        if (outpost != null) {
            outpost.drain();
        }
    }

    void cancel(String reason) {
        cancelled = reason;
        if (outpost != null) {
            outpost.cancel(reason);
        }
    }

    private void orphaned() {
        try {
            end();
        } finally {
            Runtime.getRuntime().halt(1);
        }
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
