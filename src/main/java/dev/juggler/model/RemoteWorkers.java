package dev.juggler.model;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.CoordinatorLinkVerticle;
import dev.juggler.worker.JobWorkerVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * The workers of a job in another JVM than its coordinator: in a child process, or in a node that helps another. A
 * {@link CoordinatorLinkVerticle} receives their batches. Its methods may be called from any thread.
 */
public final class RemoteWorkers {
    private final Job job;
    private final WorkerSite site;
    private final Vertx vertx;
    private final CoordinatorLinkVerticle link;
    private final LocalWorkers workers;
    private final List<JobWorkerVerticle> unopened = new ArrayList<>();
    private boolean opened;

    /**
     * The place of the workers in a run.
     *
     * @param run identifies this run of the job in addresses
     * @param node this JVM's name, with which its workers' ids begin
     * @param secret an unguessable part of its workers' addresses; {@code ""} if all members of the bus are trusted
     * @param lasting true if this JVM continues when its only worker is stuck; false if it is killed and replaced
     */
    public record WorkerSite(String run, String node, String secret, boolean lasting) {}

    /** Creates workers that are not deployed yet. */
    public RemoteWorkers(Vertx vertx, Job job, WorkProvider work, WorkerSite site) {
        this.vertx = vertx;
        this.job = job;
        this.site = site;
        this.link = new CoordinatorLinkVerticle(site.run, this::replace);
        this.workers = new LocalWorkers(vertx, job, work, this::isReserved, site.node, this::admit);
    }

    /** Completes when the workers are ready for batches. They take none before {@link #open}. */
    public Future<Void> deploy() {
        return vertx.deployVerticle(link).compose(id -> workers.deploy(job.concurrency()));
    }

    private boolean isReserved(Thread thread) {
        return thread == link.thread();
    }

    private synchronized Future<Void> admit(JobWorkerVerticle worker) {
        if (!opened) {
            unopened.add(worker);
            return Future.succeededFuture();
        }
        return link.open(worker, site.node, site.secret);
    }

    /** Begins to take batches. */
    public synchronized void open() {
        opened = true;
        unopened.forEach(this::admit);
    }

    /**
     * Replaces a stuck worker, whose thread is left behind. Does nothing for the only worker of a process: the parent
     * kills the process, which frees the thread too.
     */
    private void replace(String worker) {
        if (site.lasting || job.model() == ConcurrencyModel.THREADS || job.model() == ConcurrencyModel.VIRTUAL) {
            link.close(worker);
            workers.forget(worker);
            workers.deployAnother();
        }
    }

    /** Finishes the running tasks and begins no more. */
    public void drain() {
        workers.drain();
    }

    /** Ends the running tasks. */
    public void cancel(String reason) {
        workers.cancel(reason);
    }

    /** Takes no more batches and finishes the running tasks. Completes when all batches are answered. */
    public Future<Void> leave() {
        Future<Void> left = link.leave();
        drain();
        return left;
    }

    /** Undeploys the workers that are not stuck. Batches that are still open are never answered. */
    public Future<Void> undeploy() {
        return workers.undeploy().eventually(() -> vertx.undeploy(link.deploymentID()));
    }
}
