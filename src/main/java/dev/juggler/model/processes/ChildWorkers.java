package dev.juggler.model.processes;

import dev.juggler.bus.BusMessageCodec;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.Job;
import dev.juggler.model.RemoteWorkers;
import dev.juggler.work.JobVertxOptions;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.WorkProviders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The workers of a child process: joins the parent's cluster and deploys workers under the job's inner model. */
final class ChildWorkers {
    /** One loop for the link to the coordinator, one for workers that do not block, and some for functions that do. */
    private static final int LOOPS = 4;

    /** The time that closing the work may take in addition to its grace period. */
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(2);

    private final ChildAssignment assignment;
    private final Job job;
    private volatile @Nullable Cluster cluster;
    private volatile @Nullable WorkProvider work;
    private volatile @Nullable RemoteWorkers workers;
    private volatile boolean drained;
    private volatile @Nullable String cancelReason;

    ChildWorkers(ChildAssignment assignment) {
        this.assignment = assignment;
        this.job = assignment.job().inProcess();
    }

    /** Completes when the workers are deployed. They take no batches before {@link #open}. */
    Future<Void> start() {
        CompletableFuture<WorkProvider> prepared = CompletableFuture.supplyAsync(
                () -> WorkProviders.prepare(job.work(), assignment.values()),
                action -> Thread.ofPlatform().start(action));
        return Cluster.join(
                        JobVertxOptions.options().setEventLoopPoolSize(LOOPS),
                        ClusterSettings.joining(assignment.cluster(), assignment.parent()))
                .compose(joined -> {
                    cluster = joined;
                    Vertx vertx = joined.vertx();
                    return Future.fromCompletionStage(prepared)
                            .recover(failure ->
                                    Future.failedFuture(failure.getCause() == null ? failure : failure.getCause()))
                            .compose(ready -> deploy(vertx, ready));
                });
    }

    /** Leaves the cluster, for a JVM that continues without it. */
    Future<Void> leave() {
        Cluster joined = cluster;
        return joined == null ? Future.succeededFuture() : joined.leave();
    }

    private Future<Void> deploy(Vertx vertx, WorkProvider ready) {
        work = ready;
        BusMessageCodec.register(vertx.eventBus());
        RemoteWorkers.WorkerSite site =
                new RemoteWorkers.WorkerSite(job.id(), assignment.node(), assignment.secret(), false);
        RemoteWorkers deployed = new RemoteWorkers(vertx, job, ready, site);
        workers = deployed;
        return deployed.deploy().onSuccess(all -> applyEarlyMessages(deployed));
    }

    /**
     * Takes batches. To be called once the parent knows that this child is ready, because the first task may end the
     * process at once.
     */
    void open() {
        deployed().ifPresent(RemoteWorkers::open);
    }

    /** Applies the messages that came before there were workers. */
    private void applyEarlyMessages(RemoteWorkers deployed) {
        if (drained) {
            deployed.drain();
        }
        Optional.ofNullable(cancelReason).ifPresent(deployed::cancel);
    }

    private Optional<RemoteWorkers> deployed() {
        return Optional.ofNullable(workers);
    }

    void drain() {
        drained = true;
        deployed().ifPresent(RemoteWorkers::drain);
    }

    void cancel(String reason) {
        cancelReason = reason;
        deployed().ifPresent(all -> all.cancel(reason));
    }

    /** Stops the running tasks and closes the work. Waits at most the grace period of the work and 2 s. */
    void end() {
        WorkProvider prepared = work;
        if (prepared != null) {
            Thread closing = Thread.ofPlatform().daemon().start(prepared::close);
            try {
                closing.join(prepared.grace().plus(CLOSE_MARGIN));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
