package dev.juggler.node.jobs;

import dev.juggler.bus.Addresses;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import dev.juggler.client.StrictJson;
import dev.juggler.cluster.Membership;
import dev.juggler.job.EndReason;
import dev.juggler.journal.JournalPager;
import dev.juggler.node.settings.BlockingCalls;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
import dev.juggler.node.settings.RejectedRequestException;
import dev.juggler.report.RunReport;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one node: accepts them, runs a few at a time, keeps them through restarts, and takes over those of dead
 * nodes.
 *
 * <p>A job goes from {@link #submit} to {@link JobOwnership#accept}, which puts it on disk; from the queue of the
 * {@link JobRegistry} to {@link JobExecutions}, which runs it; and back here to {@link #finish}, which stores its end.
 *
 * <p>Confined to the event loop that it is created on; its futures complete there too. What touches the disk or the
 * other nodes runs on worker threads. Methods that take the id of a job throw a {@link RejectedRequestException} with
 * 404 when this node does not have it.
 */
public final class JobService {
    private static final Logger LOG = LoggerFactory.getLogger(JobService.class);
    private static final long PROGRESS_MILLIS = 250;
    private static final long SWEEP_MILLIS = 2_000;
    private final Vertx vertx;
    private final BlockingCalls blocking;
    private final Context context;
    private final NodeSettings settings;
    private final SharedJobs shared;
    private final String node;
    private final JobOwnership ownership;
    private final JobExecutions executions;
    private final JobRegistry registry;
    private final PendingSubmissions pending = new PendingSubmissions();
    private final QuorumGuard quorum;
    private int writes;
    private boolean sweeping;
    private boolean nodeLeft;
    private @Nullable Promise<Void> drained;

    /** The service of the node that {@code members} names as its own; called on the event loop of the service. */
    public JobService(Vertx vertx, Permissions permissions, JobStore store, SharedJobs shared, Membership members) {
        this.vertx = vertx;
        this.blocking = new BlockingCalls(vertx);
        this.context = vertx.getOrCreateContext();
        this.settings = permissions.settings();
        this.shared = shared;
        this.node = members.self();
        this.ownership = new JobOwnership(store, shared, job -> JobPlan.check(job, permissions));
        this.executions = new JobExecutions(vertx, permissions, store, shared, members);
        this.registry = new JobRegistry(settings.jobs());
        this.quorum = new QuorumGuard(executions::cancel);
    }

    /** Resumes the jobs that this node's last run left. Completes when all of them are known. */
    public Future<Void> start() {
        vertx.setPeriodic(PROGRESS_MILLIS, timer -> publishProgress());
        vertx.setPeriodic(SWEEP_MILLIS, timer -> {
            sweepAndLog();
            removeOutdated();
        });
        return sweep();
    }

    // Requests

    /** Accepts a job, or finds the one that the same request was accepted as. Completes when the job is on disk. */
    public Future<JobStatus> submit(JobRequest request) {
        Optional<JobEntry> known = registry.findSame(request);
        if (known.isPresent()) {
            return Future.succeededFuture(status(known.get()));
        }
        return pending.findSame(request).orElseGet(() -> accept(StoredJob.of(request, Instant.now())));
    }

    private Future<JobStatus> accept(StoredJob job) {
        if (drained != null) {
            throw RejectedRequestException.unavailable("this node is leaving and accepts no more jobs");
        }
        registry.checkCapacity(pending.count());
        JobEntry queued = JobEntry.queued(job);
        return addPending(
                job,
                blocking.call(() -> ownership.accept(job, status(queued)))
                        .map(known -> known.orElseGet(() -> register(queued))));
    }

    private Future<JobStatus> addPending(StoredJob job, Future<JobStatus> status) {
        return pending.add(job, status).onComplete(any -> startNextOrFinishDrain());
    }

    private JobStatus register(JobEntry queued) {
        LOG.info(
                "job {} accepted: {}",
                queued.id(),
                queued.job().request().work().kind().id());
        return status(registry.put(queued));
    }

    /** The status of a job of this node; empty for others. */
    public Optional<JobStatus> find(String id) {
        return registry.find(id).map(this::status);
    }

    /** The status that the owner of a job published last; fails with 404 when there is no such job on any node. */
    public Future<JobStatus> lastPublished(String id) {
        return blocking.call(() -> shared.find(id).orElseThrow(() -> RejectedRequestException.noJob(id)));
    }

    /**
     * The jobs of all nodes, newest first: those of this node as they are now, others as their owners published them.
     */
    public Future<List<JobStatus>> list() {
        return blocking.call(shared::all).map(published -> {
            Map<String, JobStatus> all = new HashMap<>();
            registry.newestFirst().forEach(job -> all.put(job.id(), status(job)));
            published.forEach(other -> all.putIfAbsent(other.id(), other));
            return all.values().stream()
                    .sorted(Comparator.comparing(JobStatus::submitted).reversed())
                    .toList();
        });
    }

    /**
     * The node that owns a job that is not here; fails with 404 when none does, with 503 when it is on its way here.
     */
    public Future<String> ownerElsewhere(String id) {
        return blocking.call(() -> shared.owner(id).orElseThrow(() -> RejectedRequestException.noJob(id)))
                .map(owner -> {
                    if (owner.equals(node)) {
                        throw RejectedRequestException.unavailable(
                                "job '" + id + "' is being moved to this node; try again");
                    }
                    return owner;
                });
    }

    /**
     * Reads a page of the rows of a job, as JSON text.
     *
     * @param position 0, or {@link JournalPager.Page#next} of an earlier page
     * @param limit the rows of the page, at most
     */
    public Future<JournalPager.Page> outcomes(String id, long position, int limit) {
        JobEntry job = registry.get(id);
        return blocking.call(() -> ownership.page(job.job(), position, limit));
    }

    /**
     * Cancels a job. Completes when the cancellation is on disk, and so survives the node; rejected with 409 when the
     * job has ended.
     */
    public Future<JobStatus> cancel(String id) {
        JobEntry job = registry.get(id);
        JobEnd end = JobEnd.cancelled(counts(job));
        return switch (job.phase()) {
            case JobPhase.Queued queued -> finish(job, end).map(this::status);
            case JobPhase.Running running -> {
                JobEntry cancelling = update(job.with(running.cancel()));
                executions.find(id).ifPresent(JobExecution::cancel);
                // On disk before its tasks have ended: a node that dies now must not resume it.
                yield storeEnd(job.with(running.cancel().end(Instant.now(), end)))
                        .map(any -> status(cancelling));
            }
            case JobPhase.Cancelling cancelling -> Future.succeededFuture(status(job));
            case JobPhase.Ended ended ->
                throw RejectedRequestException.conflict(
                        "job " + id + " has already ended: " + ended.end().ending());
        };
    }

    /**
     * Requeues the unsuccessful tasks of an ended job, under a new epoch. Completes when that is on disk; rejected with
     * 409 when the job has not ended.
     */
    public Future<JobStatus> requeue(String id) {
        JobEntry job = registry.get(id);
        if (drained != null || quorum.isSuspended()) {
            throw RejectedRequestException.unavailable("this node starts no jobs now; try again later");
        }
        return pending.find(id).orElseGet(() -> requeue(job));
    }

    private Future<JobStatus> requeue(JobEntry job) {
        if (!(job.phase() instanceof JobPhase.Ended ended)) {
            throw RejectedRequestException.conflict(
                    "job " + job.id() + " has not ended; only an ended job can be requeued");
        }
        registry.checkCapacity(pending.count());
        return addPending(
                job.job(),
                blocking.callInOrder(() -> ownership.requeue(job.job()))
                        .map(again -> status(update(JobEntry.queued(again).with(ended.requeue())))));
    }

    // Executions

    private void startNextOrFinishDrain() {
        startNext();
        finishDrain();
    }

    private void startNext() {
        while (mayStart() && registry.next().isPresent()) {
            JobEntry job = registry.next().get();
            update(job.with(((JobPhase.Queued) job.phase()).start(Instant.now())));
            executions.start(job.job()).onComplete(started -> started(job.id(), started));
        }
    }

    private boolean mayStart() {
        return drained == null && !quorum.isSuspended();
    }

    private void started(String id, AsyncResult<JobExecution> started) {
        JobEntry job = registry.get(id);
        if (started.failed()) {
            LOG.warn("job {} cannot run: {}", id, started.cause().getMessage());
            finish(job, JobEnd.notStarted(started.cause()));
            return;
        }
        JobExecution execution = started.result();
        update(job.with(execution.total(), execution.counts()));
        if (job.phase() instanceof JobPhase.Cancelling || !mayStart()) {
            execution.cancel();
        }
        execution.report().onComplete(report -> context.runOnContext(here -> ended(id, execution, report)));
    }

    private void ended(String id, JobExecution execution, AsyncResult<RunReport> report) {
        JobEntry job = registry.get(id);
        Future<Void> replicated = execution.isAbandoned() ? Future.succeededFuture() : replicate(id);
        executions.remove(id);
        if (execution.isAbandoned()) {
            drop(job);
        } else {
            replicated.onComplete(any -> concludeRun(job, report));
        }
    }

    private void concludeRun(JobEntry job, AsyncResult<RunReport> report) {
        if (registry.find(job.id()).isEmpty()) {
            // Another node has taken it over meanwhile, and ends it there.
            finishDrain();
        } else if (report.failed()) {
            finish(job, JobEnd.failed(report.cause().getMessage(), job.counts()));
        } else if (report.result().ending() == EndReason.INTERRUPTED
                && !mayStart()
                && job.phase() instanceof JobPhase.Running running) {
            update(job.with(running.handBack()));
            count(blocking.runInOrder(() -> ownership.handBack(job.job())))
                    .onFailure(failure -> LOG.error("cannot store that job {} no longer runs", job.id(), failure))
                    .onComplete(any -> finishDrain());
        } else {
            finish(job, JobEnd.of(report.result()));
        }
    }

    private Future<JobEntry> finish(JobEntry job, JobEnd end) {
        JobEntry ended = update(job.with(job.phase().end(Instant.now(), end)));
        LOG.info("job {} ended: {}", job.id(), end.ending());
        return storeEnd(ended).map(ended).onComplete(any -> startNextOrFinishDrain());
    }

    /** Puts the end of a job on disk. When that fails, the next start of this node resumes the job. */
    private Future<Void> storeEnd(JobEntry ended) {
        // In order: a job that is cancelled has two ends, and the second one counts.
        return count(blocking.runInOrder(() -> ownership.end(ended)));
    }

    /** Counts a write that the node waits for before it leaves. */
    private <T> Future<T> count(Future<T> write) {
        writes++;
        return write.andThen(any -> writes--);
    }

    /** Replaces what is known of a job, and publishes its status to watchers and to the other nodes, in order. */
    private JobEntry update(JobEntry job) {
        JobStatus status = status(registry.put(job));
        vertx.eventBus()
                .publish(Addresses.jobEvents(job.id()), new JsonObject(Buffer.buffer(StrictJson.write(status))));
        quorum.watch(
                blocking.runInOrder(() -> shared.publish(job.job(), status)),
                "publishing the status of job " + job.id());
        return job;
    }

    private void publishProgress() {
        executions.forEach((id, execution) -> {
            JobEntry job = registry.get(id);
            if (!job.counts().equals(execution.counts())) {
                update(job.with(execution.total(), execution.counts()));
            }
            replicate(id);
        });
    }

    private Future<Void> replicate(String id) {
        Future<Boolean> replicated = executions.replicate(id).map(owned -> {
            if (!owned) {
                registry.find(id).ifPresent(job -> abandon(job.job()));
            }
            return owned;
        });
        quorum.watch(replicated, "replicating the journal of job " + id);
        return replicated.mapEmpty();
    }

    private JobStatus status(JobEntry job) {
        return job.with(job.total(), counts(job)).status(node);
    }

    private JobStatus.Counts counts(JobEntry job) {
        return executions.find(job.id()).map(JobExecution::counts).orElse(job.counts());
    }

    // Ownership

    /** Takes over the jobs of a node that left, and shares again what it held of this node's jobs. */
    public void nodeLeft() {
        nodeLeft = true;
        sweepAndLog();
    }

    private void sweepAndLog() {
        if (!sweeping) {
            quorum.watch(sweep(), "looking for jobs of this node and of dead nodes");
        }
    }

    /** Looks for jobs that this node owns now, and after a time in the minority for those that it no longer owns. */
    private Future<Void> sweep() {
        if (sweeping || drained != null) {
            return Future.succeededFuture();
        }
        sweeping = true;
        List<JobEntry> mine = quorum.isSuspended() || nodeLeft ? registry.newestFirst() : List.of();
        nodeLeft = false;
        int limit = settings.jobs().running();
        return quorum.suspendOnMinority(
                        blocking.call(() -> ownership.sweep(mine, node, limit)).map(swept -> {
                            apply(swept);
                            return swept;
                        }))
                .onComplete(any -> sweeping = false);
    }

    private void apply(JobOwnership.Swept swept) {
        quorum.resume();
        // A requeue on this node changes the epoch too, and may have done so while the other nodes were asked.
        swept.lost().stream()
                .filter(job -> registry.holds(job) && pending.find(job.id()).isEmpty())
                .forEach(this::abandon);
        swept.gained().forEach(found -> {
            JobEntry job = update(JobEntry.of(found));
            if (found.end().isEmpty()) {
                LOG.info("job {} resumes, epoch {}", job.id(), job.job().epoch());
            }
        });
        startNext();
        List<StoredJob> ended = swept.gained().stream()
                .filter(found -> found.end().isPresent())
                .map(JobStore.StoredState::job)
                .toList();
        if (!ended.isEmpty()) {
            quorum.watch(blocking.run(() -> ownership.replicateEnded(ended)), "replicating the journals of ended jobs");
        }
    }

    /** Gives up a job that another node has taken over. */
    private void abandon(StoredJob job) {
        Optional<JobExecution> execution = executions.find(job.id());
        if (execution.filter(JobExecution::isAbandoned).isPresent()) {
            return;
        }
        LOG.warn("job {} was taken over by another node while this node was unreachable", job.id());
        if (execution.isPresent()) {
            execution.get().abandon();
        } else {
            registry.find(job.id()).ifPresent(this::drop);
        }
    }

    private void drop(JobEntry job) {
        registry.remove(job.id());
        blocking.run(() -> ownership.drop(job.job()))
                .onFailure(failure -> LOG.error("cannot remove job {}", job.id(), failure));
        startNextOrFinishDrain();
    }

    private void removeOutdated() {
        for (JobEntry job : registry.outdated(Instant.now())) {
            registry.remove(job.id());
            blocking.run(() -> ownership.remove(job.job()))
                    .onFailure(failure -> LOG.error("cannot remove ended job {}", job.id(), failure));
        }
    }

    // Leaving

    /**
     * Accepts no more jobs, starts no more tasks, and cancels those that still run when the drain time of the settings
     * is over; unfinished jobs go back into the queue. Completes when nothing runs here any more.
     */
    public Future<Void> drain() {
        if (drained != null) {
            return drained.future();
        }
        Promise<Void> done = Promise.promise();
        drained = done;
        executions.drain();
        vertx.setTimer(Math.max(1, settings.drain().toMillis()), timer -> executions.cancel());
        finishDrain();
        return done.future();
    }

    private void finishDrain() {
        if (drained != null && registry.isIdle() && writes == 0 && pending.count() == 0) {
            drained.tryComplete();
        }
    }

    /** Drains without waiting for running tasks. Completes when nothing runs here any more. */
    public Future<Void> stop() {
        Future<Void> idle = drain();
        executions.cancel();
        return idle;
    }
}
