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
 * The workers of a job in a JVM that is not its coordinator's: in a child process, or in a node that helps another. An
 * intake takes their batches. Its methods may be called from any thread.
 */
public final class RemoteWorkers {
    private final Job job;
    private final WorkerSite post;
    private final Vertx vertx;
    private final CoordinatorLinkVerticle intake;
    private final LocalWorkers workers;
    private final List<JobWorkerVerticle> first = new ArrayList<>();
    private boolean opened;

    /**
     * Where it stands.
     *
     * @param run what tells this run of the job from others, in addresses
     * @param node this JVM's name, with which its workers' ids begin
     * @param secret a part of its workers' addresses that nobody can guess; {@code ""} where all on the bus are trusted
     * @param lasting whether this JVM goes on when its only worker is stuck, rather than being ended and replaced
     */
    public record WorkerSite(String run, String node, String secret, boolean lasting) {}

    /** Workers that are not deployed yet. */
    public RemoteWorkers(Vertx vertx, Job job, WorkProvider work, WorkerSite post) {
        this.vertx = vertx;
        this.job = job;
        this.post = post;
        this.intake = new CoordinatorLinkVerticle(post.run, this::replace);
        this.workers = new LocalWorkers(vertx, job, work, this::isReserved, post.node, this::admit);
    }

    /** Completes when its workers could take batches; they take none before {@link #open}. */
    public Future<Void> deploy() {
        return vertx.deployVerticle(intake).compose(id -> workers.deploy(job.concurrency()));
    }

    private boolean isReserved(Thread thread) {
        return thread == intake.thread();
    }

    private synchronized Future<Void> admit(JobWorkerVerticle worker) {
        if (!opened) {
            first.add(worker);
            return Future.succeededFuture();
        }
        return intake.open(worker, post.node, post.secret);
    }

    /** Takes batches from now on. */
    public synchronized void open() {
        opened = true;
        first.forEach(this::admit);
    }

    /**
     * A worker is stuck. One of several leaves its thread behind and another takes its place. Where it was the only one
     * of a process, the parent ends that, which frees the thread too.
     */
    private void replace(String worker) {
        if (post.lasting || job.model() == ConcurrencyModel.THREADS || job.model() == ConcurrencyModel.VIRTUAL) {
            intake.close(worker);
            workers.forget(worker);
            workers.deployAnother();
        }
    }

    /** Begins no more tasks. */
    public void drain() {
        workers.drain();
    }

    /** Ends the tasks that are begun. */
    public void cancel(String reason) {
        workers.cancel(reason);
    }

    /** Takes no more, and lets the tasks that are begun end; completes when all is answered. */
    public Future<Void> leave() {
        Future<Void> left = intake.leave();
        drain();
        return left;
    }

    /** Undeploys what is not stuck; what has not been answered never is. */
    public Future<Void> undeploy() {
        return workers.undeploy().eventually(() -> vertx.undeploy(intake.deploymentID()));
    }
}
