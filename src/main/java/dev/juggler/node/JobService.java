package dev.juggler.node;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import dev.juggler.cluster.Membership;
import dev.juggler.job.EndReason;
import dev.juggler.journal.JournalPager;
import dev.juggler.report.RunReport;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one node: accepts them, runs a few at a time, keeps them through restarts, takes over those of dead nodes.
 * Confined to the event loop it is made on; what touches the disk or the other nodes happens on worker threads.
 */
final class JobService {
    private static final Logger LOG = LoggerFactory.getLogger(JobService.class);
    private static final long PROGRESS_MILLIS = 250;
    private static final long SWEEP_MILLIS = 2_000;
    private final Vertx vertx;
    private final BlockingCalls background;
    private final Context context;
    private final NodeSettings settings;
    private final Permissions permissions;
    private final JobStore store;
    private final SharedJobs shared;
    private final JobOwnership custody;
    private final JobStatusPublisher announcer;
    private final Membership members;
    private final JobRegistry book;
    private final PendingSubmissions arrivals = new PendingSubmissions();
    private final Map<String, RunningJob> executions = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final QuorumGuard standing = new QuorumGuard(this::cancelAll);
    private int writing;
    private boolean sweeping;
    private boolean nodeLeft;
    private Promise<Void> drained;

    JobService(
            Vertx vertx,
            NodeSettings settings,
            Permissions permissions,
            JobStore store,
            SharedJobs shared,
            Membership members) {
        this.vertx = vertx;
        this.background = new BlockingCalls(vertx);
        this.context = vertx.getOrCreateContext();
        this.settings = settings;
        this.permissions = permissions;
        this.store = store;
        this.shared = shared;
        this.custody =
                new JobOwnership(store, shared, permissions, settings.jobs().concurrency());
        this.announcer = new JobStatusPublisher(background, shared);
        this.members = members;
        this.book = new JobRegistry(settings.jobs());
    }

    /** Goes on with what the last run of this node left. Completes when all of it is known. */
    Future<Void> start() {
        vertx.setPeriodic(PROGRESS_MILLIS, timer -> progress());
        vertx.setPeriodic(SWEEP_MILLIS, timer -> {
            look();
            prune();
        });
        return sweep();
    }

    /** Looks for jobs that have become this node's, and after a time in the minority for those that no more are. */
    Future<Void> sweep() {
        if (sweeping || drained != null) {
            return Future.succeededFuture();
        }
        sweeping = true;
        List<JobEntry> mine = standing.isSuspended() || nodeLeft ? book.latest() : List.of();
        nodeLeft = false;
        return standing.of(background
                        .run(() -> custody.sweep(
                                mine, members.self(), settings.jobs().running()))
                        .map(this::take))
                .onComplete(any -> sweeping = false);
    }

    /** Its jobs may be to be taken over, and what it held of this node's is to be shared again. */
    void nodeLeft() {
        nodeLeft = true;
        look();
    }

    private void look() {
        if (!sweeping) {
            standing.of(sweep(), "the look for jobs of this node and of dead ones");
        }
    }

    private JobOwnership.Swept take(JobOwnership.Swept swept) {
        standing.reached();
        // A requeue here changes the epoch too, and may have done so while others were asked who owns what.
        swept.gone().stream()
                .filter(job -> book.holds(job) && arrivals.find(job.id()).isEmpty())
                .forEach(this::abandon);
        swept.gathered().forEach(found -> {
            JobEntry job = change(JobOwnership.booked(found));
            if (found.end().isEmpty()) {
                LOG.info("job {} goes on, epoch {}", job.id(), job.job().epoch());
            }
        });
        startNext();
        return swept;
    }

    /** Accepts a job, or finds the one that it was accepted as. Completes when it is on disk. */
    Future<JobStatus> submit(JobRequest request) {
        Optional<JobEntry> known = book.same(request);
        if (known.isPresent()) {
            return Future.succeededFuture(status(known.get()));
        }
        return arrivals.same(request).orElseGet(() -> accept(StoredJob.of(request, Instant.now())));
    }

    private Future<JobStatus> accept(StoredJob job) {
        if (drained != null) {
            throw RejectedRequestException.unavailable("this node is leaving and takes no more jobs");
        }
        book.checkRoom(arrivals.count());
        JobEntry queued = JobEntry.queued(job);
        return arrive(
                job,
                background
                        .run(() -> custody.accept(job, status(queued)))
                        .map(known -> known.orElseGet(() -> book(queued))));
    }

    private Future<JobStatus> arrive(StoredJob job, Future<JobStatus> status) {
        return arrivals.add(job, status).onComplete(any -> {
            startNext();
            checkDrained();
        });
    }

    private JobStatus book(JobEntry queued) {
        LOG.info(
                "job {} accepted: {}",
                queued.id(),
                queued.job().request().work().kind().id());
        return status(book.put(queued));
    }

    /** Where a job of this node stands. */
    Optional<JobStatus> find(String id) {
        return book.find(id).map(this::status);
    }

    /** The jobs of this node. */
    List<JobStatus> own() {
        return book.latest().stream().map(this::status).toList();
    }

    /** A page of the rows of a job, as text. */
    Future<JournalPager.Page> outcomes(String id, long position, int limit) {
        JobEntry job = book.get(id);
        return background.run(() -> custody.page(job.job(), position, limit));
    }

    /** Ends a job. Completes when that would outlive the node. */
    Future<JobStatus> cancel(String id) {
        JobEntry job = book.get(id);
        JobEnd end = JobEnd.cancelled(counts(job));
        return switch (job.phase()) {
            case JobPhase.Queued queued -> finish(job, end).map(this::status);
            case JobPhase.Running running -> {
                // On disk first: a node that dies now shall not go on with it.
                JobEntry cancelling = change(job.with(running.cancel()));
                Optional.ofNullable(executions.get(id))
                        .ifPresent(each -> each.execution().cancel());
                yield write(job.with(running.cancel().end(Instant.now(), end))).map(any -> status(cancelling));
            }
            case JobPhase.Cancelling cancelling -> Future.succeededFuture(status(job));
            case JobPhase.Ended ended ->
                throw RejectedRequestException.conflict(
                        "job " + id + " has ended already: " + ended.end().ending());
        };
    }

    /** Has what did not succeed of a job tried again. Completes when that would outlive the node. */
    Future<JobStatus> requeue(String id) {
        JobEntry job = book.get(id);
        if (drained != null || standing.isSuspended()) {
            throw RejectedRequestException.unavailable("this node begins no jobs now");
        }
        return arrivals.find(id).orElseGet(() -> requeue(job));
    }

    private Future<JobStatus> requeue(JobEntry job) {
        if (!(job.phase() instanceof JobPhase.Ended ended)) {
            throw RejectedRequestException.conflict(
                    "job " + job.id() + " has not ended: only what has can be requeued");
        }
        book.checkRoom(arrivals.count());
        return arrive(
                job.job(),
                background
                        .inOrder(() -> custody.requeue(job.job()))
                        .map(again -> status(change(JobEntry.queued(again).with(ended.requeue())))));
    }

    private void startNext() {
        while (drained == null && !standing.isSuspended() && book.next().isPresent()) {
            JobEntry job = book.next().get();
            change(job.with(((JobPhase.Queued) job.phase()).start(Instant.now())));
            background
                    .onThreadOfItsOwn(
                            () -> RunningJob.begin(vertx, settings, permissions, job.job(), store, shared, members))
                    .onComplete(begun -> running(job.id(), begun));
        }
    }

    private void running(String id, AsyncResult<RunningJob> begun) {
        JobEntry job = book.get(id);
        if (begun.failed()) {
            LOG.warn("job {} cannot be run: {}", id, begun.cause().getMessage());
            finish(job, JobEnd.notBegun(begun.cause()));
            return;
        }
        JobExecution execution = begun.result().execution();
        executions.put(id, begun.result());
        change(job.with(execution.total(), execution.counts()));
        if (job.phase() instanceof JobPhase.Cancelling || drained != null || standing.isSuspended()) {
            execution.cancel();
        }
        execution.report().onComplete(report -> context.runOnContext(here -> ended(id, report)));
    }

    private void ended(String id, AsyncResult<RunReport> report) {
        RunningJob over = executions.remove(id);
        JobEntry job = book.get(id);
        if (lost.remove(id)) {
            drop(job);
        } else {
            ship(id, over).onComplete(any -> conclude(job, report));
        }
    }

    private void conclude(JobEntry job, AsyncResult<RunReport> report) {
        if (book.find(job.id()).isEmpty()) {
            // It was taken over by another node meanwhile and has its end there.
            checkDrained();
        } else if (report.failed()) {
            finish(job, JobEnd.failed(report.cause().getMessage(), job.counts()));
        } else {
            settle(job, report.result());
        }
    }

    private void settle(JobEntry job, RunReport result) {
        boolean handedBack = result.ending() == EndReason.INTERRUPTED && (drained != null || standing.isSuspended());
        if (handedBack && job.phase() instanceof JobPhase.Running running) {
            change(job.with(running.handBack()));
            counted(background.inOrder(() -> custody.handBack(job.job())))
                    .onFailure(failure -> LOG.error("that job {} rests cannot be stored", job.id(), failure))
                    .onComplete(any -> checkDrained());
        } else {
            finish(job, JobEnd.of(result));
        }
    }

    private Future<JobEntry> finish(JobEntry job, JobEnd end) {
        JobEntry ended = change(job.with(job.phase().over(Instant.now(), end)));
        LOG.info("job {} ended: {}", job.id(), end.ending());
        return write(ended).onComplete(any -> goOn());
    }

    /** Puts the end of a job on disk. When that fails, the next start of this node goes on with it. */
    private Future<JobEntry> write(JobEntry ended) {
        // In the order of the calls: a job that is cancelled has two ends, and the second is the one that counts.
        return counted(background.inOrder(() -> custody.end(ended)));
    }

    /** A node does not leave while it writes: what it waits for is told after this has counted. */
    private <T> Future<T> counted(Future<T> write) {
        writing++;
        return write.andThen(any -> writing--);
    }

    /** Another node has taken this job over: what runs of it here is ended, and counts for nothing. */
    private void abandon(StoredJob job) {
        RunningJob running = executions.get(job.id());
        if (running != null && !lost.add(job.id())) {
            return;
        }
        LOG.warn("job {} was taken over by another node while this one could not be reached", job.id());
        if (running == null) {
            book.find(job.id()).ifPresent(this::drop);
        } else {
            running.execution().cancel();
        }
    }

    private void drop(JobEntry job) {
        book.remove(job.id());
        background
                .perform(() -> custody.drop(job.job()))
                .onFailure(failure -> LOG.error("job {} cannot be removed", job.id(), failure));
        goOn();
    }

    private void goOn() {
        startNext();
        checkDrained();
    }

    private JobEntry change(JobEntry job) {
        standing.of(
                announcer.tell(job.job(), status(book.put(job))), "telling others where job " + job.id() + " stands");
        return job;
    }

    private void progress() {
        executions.forEach((id, running) -> {
            JobEntry job = book.get(id);
            if (!job.counts().equals(running.execution().counts())) {
                change(job.with(running.execution().total(), running.execution().counts()));
            }
            ship(id, running);
        });
    }

    private Future<Void> ship(String id, RunningJob running) {
        Future<Boolean> shipped = background.run(running.replication()::ship).map(mine -> {
            if (!mine && book.find(id).isPresent()) {
                abandon(book.get(id).job());
            }
            return mine;
        });
        standing.of(shipped, "sharing the journal of job " + id);
        return shipped.mapEmpty();
    }

    private void prune() {
        for (JobEntry job : book.outdated(Instant.now())) {
            book.remove(job.id());
            background
                    .perform(() -> custody.forget(job.job()))
                    .onFailure(failure -> LOG.error("ended job {} cannot be removed", job.id(), failure));
        }
    }

    private JobStatus status(JobEntry job) {
        return job.with(job.total(), counts(job)).status(members.self());
    }

    private JobStatus.Counts counts(JobEntry job) {
        RunningJob running = executions.get(job.id());
        return running == null ? job.counts() : running.execution().counts();
    }

    /**
     * Takes no more jobs, begins no more tasks, and hands back what is not done by the end of the settings' time.
     * Completes when nothing runs here any more.
     */
    Future<Void> drain() {
        if (drained == null) {
            drained = Promise.promise();
            executions.values().forEach(running -> running.execution().drain());
            vertx.setTimer(Math.max(1, settings.drain().toMillis()), timer -> cancelAll());
            checkDrained();
        }
        return drained.future();
    }

    private void checkDrained() {
        if (drained != null && book.isIdle() && writing == 0 && arrivals.count() == 0) {
            drained.tryComplete();
        }
    }

    /** Ends what runs here at once, to be gone on with at the next start. Completes when nothing runs any more. */
    Future<Void> stop() {
        Future<Void> idle = drain();
        cancelAll();
        return idle;
    }

    private void cancelAll() {
        executions.values().forEach(running -> running.execution().cancel());
    }
}
