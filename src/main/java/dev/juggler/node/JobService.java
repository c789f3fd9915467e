package dev.juggler.node;

import dev.juggler.bus.Addresses;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import dev.juggler.client.StrictJson;
import dev.juggler.job.Ending;
import dev.juggler.journal.JournalException;
import dev.juggler.journal.JournalPages;
import dev.juggler.report.RunReport;
import dev.juggler.work.InvalidWorkException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one node: accepts them, runs a few at a time, keeps them through restarts. Confined to the event loop it
 * is made on; what touches the disk happens on worker threads.
 */
final class JobService {
    private static final Logger LOG = LoggerFactory.getLogger(JobService.class);
    private static final long PROGRESS_MILLIS = 250;
    private static final long PRUNE_MILLIS = 10_000;
    /** A page stays far below what a message may hold. */
    private static final int PAGE_BYTES = 1 << 20;

    private final Vertx vertx;
    private final Context context;
    private final NodeSettings settings;
    private final Permissions permissions;
    private final JobStore store;
    private final String node;
    private final JobBook book;
    private final Map<String, Accepting> accepting = new HashMap<>();
    private final Map<String, JobExecution> executions = new HashMap<>();
    private int writing;
    private Promise<Void> drained;

    /** A submit whose job is on its way to the disk. */
    private record Accepting(JobRequest request, Future<BookedJob> job) {}

    JobService(Vertx vertx, NodeSettings settings, Permissions permissions, JobStore store, String node) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.settings = settings;
        this.permissions = permissions;
        this.store = store;
        this.node = node;
        this.book = new JobBook(settings.jobs());
    }

    /** Goes on with what the last run of this node left. Completes when all of it is known. */
    Future<Void> start() {
        return blocking(store::all).map(found -> {
            found.stream()
                    .sorted(Comparator.comparing(each -> each.job().submitted()))
                    .forEach(this::recall);
            vertx.setPeriodic(PROGRESS_MILLIS, timer -> publishProgress());
            vertx.setPeriodic(PRUNE_MILLIS, timer -> prune());
            startNext();
            return null;
        });
    }

    private void recall(JobStore.Found found) {
        BookedJob job = BookedJob.queued(found.job());
        book.put(found.end().map(end -> job.with(ended(end))).orElse(job));
        if (found.end().isEmpty()) {
            LOG.info("job {} goes on", found.job().id());
        }
    }

    private static JobPhase ended(JobStore.End end) {
        Optional<Instant> started = Optional.ofNullable(end.started()).map(Instant::parse);
        return new JobPhase.Ended(started, Instant.parse(end.ended()), end.end());
    }

    /** Accepts a job, or finds the one that it was accepted as. Completes when it is on disk. */
    Future<JobStatus> submit(JobRequest request) {
        Optional<BookedJob> known = book.same(request);
        if (known.isPresent()) {
            return Future.succeededFuture(status(known.get()));
        }
        Accepting under = accepting.get(StoredJob.id(request.key()));
        if (under != null && !under.request.equals(request)) {
            throw Refusal.conflict("another job is being submitted under this key: give each job a key of its own");
        }
        Future<BookedJob> accepted = under == null ? accept(StoredJob.of(request, Instant.now())) : under.job;
        return accepted.map(this::status);
    }

    private Future<BookedJob> accept(StoredJob job) {
        if (drained != null) {
            throw Refusal.unavailable("this node is leaving and takes no more jobs");
        }
        book.checkRoom(accepting.size());
        Future<BookedJob> accepted = blocking(() -> persist(job)).map(stored -> book.put(BookedJob.queued(job)));
        accepting.put(job.id(), new Accepting(job.request(), accepted));
        return accepted.onComplete(any -> {
                    accepting.remove(job.id());
                    checkDrained();
                })
                .onSuccess(booked -> {
                    LOG.info(
                            "job {} accepted: {}",
                            job.id(),
                            job.request().work().kind());
                    startNext();
                });
    }

    private Void persist(StoredJob job) {
        try {
            JobPlan.check(job, permissions, settings.jobs().concurrency());
        } catch (IOException | IllegalArgumentException | InvalidWorkException e) {
            throw Refusal.bad(e.getMessage());
        }
        try {
            store.create(job);
            return null;
        } catch (IOException e) {
            LOG.error("job {} cannot be stored", job.id(), e);
            throw Refusal.unavailable("this node cannot store jobs now: " + e.getMessage());
        }
    }

    JobStatus get(String id) {
        return status(book.get(id));
    }

    List<JobStatus> list() {
        return book.latest().stream().map(this::status).toList();
    }

    /** A page of the rows of a job, as text. */
    Future<JournalPages.Page> outcomes(String id, long position, int limit) {
        BookedJob job = book.get(id);
        return blocking(() -> {
            try {
                return JournalPages.read(store.journal(job.id()), position, limit, PAGE_BYTES);
            } catch (IllegalArgumentException e) {
                throw Refusal.bad(e.getMessage());
            }
        });
    }

    /** Whether a job had ended, so that the page that is read next may be its last. */
    boolean hasEnded(String id) {
        return book.get(id).phase() instanceof JobPhase.Ended;
    }

    /** Ends a job. Completes when that would outlive the node. */
    Future<JobStatus> cancel(String id) {
        BookedJob job = book.get(id);
        JobEnd end = JobEnd.cancelled(counts(job));
        return switch (job.phase()) {
            case JobPhase.Queued queued ->
                finish(job, queued.end(Instant.now(), end)).map(this::status);
            case JobPhase.Running running -> {
                // On disk first: a node that dies now shall not go on with it.
                BookedJob cancelling = change(job.with(running.cancel()));
                executions.get(id).cancel();
                yield write(job.with(running.cancel().end(Instant.now(), end))).map(any -> status(cancelling));
            }
            case JobPhase.Cancelling cancelling -> Future.succeededFuture(status(job));
            case JobPhase.Ended ended ->
                throw Refusal.conflict(
                        "job " + id + " has ended already: " + ended.end().ending());
        };
    }

    private void startNext() {
        while (drained == null && book.next().isPresent()) {
            BookedJob job = book.next().get();
            change(job.with(((JobPhase.Queued) job.phase()).start(Instant.now())));
            onThreadOfItsOwn(() -> begin(job.job())).onComplete(begun -> running(job.id(), begun));
        }
    }

    private JobExecution begin(StoredJob job) throws IOException, JournalException {
        JobPlan plan = JobPlan.of(job, permissions, settings.jobs().concurrency());
        return JobExecution.begin(vertx, plan, store.journal(job.id()));
    }

    private void running(String id, AsyncResult<JobExecution> begun) {
        BookedJob job = book.get(id);
        if (begun.failed()) {
            LOG.warn("job {} cannot be run: {}", id, begun.cause().getMessage());
            finish(job, over(job, JobEnd.invalid(begun.cause().getMessage())));
            return;
        }
        JobExecution execution = begun.result();
        executions.put(id, execution);
        change(job.with(execution.total(), execution.counts()));
        if (job.phase() instanceof JobPhase.Cancelling) {
            execution.cancel();
        } else if (drained != null) {
            execution.cancel();
        }
        execution.report().onComplete(report -> context.runOnContext(here -> ended(id, report)));
    }

    private void ended(String id, AsyncResult<RunReport> report) {
        executions.remove(id);
        BookedJob job = book.get(id);
        if (report.failed()) {
            finish(job, over(job, JobEnd.failed(report.cause().getMessage(), job.counts())));
            return;
        }
        RunReport result = report.result();
        boolean handedBack = result.ending() == Ending.INTERRUPTED && drained != null;
        if (handedBack && job.phase() instanceof JobPhase.Running running) {
            change(job.with(running.handBack()));
            checkDrained();
        } else {
            finish(job, over(job, JobEnd.of(result.ending(), result.error(), result.counts())));
        }
    }

    private static JobPhase.Ended over(BookedJob job, JobEnd end) {
        Instant now = Instant.now();
        return switch (job.phase()) {
            case JobPhase.Queued queued -> queued.end(now, end);
            case JobPhase.Running running -> running.end(now, end);
            case JobPhase.Cancelling cancelling -> cancelling.end(now, end);
            case JobPhase.Ended ended -> ended;
        };
    }

    private Future<BookedJob> finish(BookedJob job, JobPhase.Ended phase) {
        BookedJob ended = change(job.with(phase));
        LOG.info("job {} ended: {}", job.id(), phase.end().ending());
        return write(ended).eventually(() -> {
            startNext();
            checkDrained();
            return Future.succeededFuture();
        });
    }

    /** Puts the end of a job on disk. When that fails, the next start of this node goes on with it. */
    private Future<BookedJob> write(BookedJob ended) {
        JobPhase.Ended phase = (JobPhase.Ended) ended.phase();
        String started = phase.started().map(Instant::toString).orElse(null);
        JobStore.End end = new JobStore.End(started, phase.ended().toString(), phase.end());
        writing++;
        // In the order of the calls: a job that is cancelled has two ends, and the second is the one that counts.
        return vertx.executeBlocking(() -> {
                    store.end(ended.id(), end);
                    return ended;
                })
                .onComplete(any -> writing--)
                .recover(failure -> {
                    LOG.error("the end of job {} cannot be stored", ended.id(), failure);
                    throw Refusal.unavailable("the end of job " + ended.id() + " cannot be stored now");
                });
    }

    private BookedJob change(BookedJob job) {
        publish(book.put(job));
        return job;
    }

    private void publish(BookedJob job) {
        JsonObject event = new JsonObject(Buffer.buffer(StrictJson.write(status(job))));
        vertx.eventBus().publish(Addresses.jobEvents(job.id()), event);
    }

    private void publishProgress() {
        executions.forEach((id, execution) -> {
            BookedJob job = book.get(id);
            if (!job.counts().equals(execution.counts())) {
                change(job.with(execution.total(), execution.counts()));
            }
        });
    }

    private void prune() {
        for (BookedJob job : book.outdated(Instant.now())) {
            book.remove(job.id());
            blocking(() -> {
                        store.delete(job.id());
                        return null;
                    })
                    .onFailure(failure -> LOG.error("ended job {} cannot be removed", job.id(), failure));
        }
    }

    private JobStatus status(BookedJob job) {
        return job.with(job.total(), counts(job)).status(node);
    }

    private JobStatus.Counts counts(BookedJob job) {
        JobExecution execution = executions.get(job.id());
        return execution == null ? job.counts() : execution.counts();
    }

    /**
     * Takes no more jobs, begins no more tasks, and hands back what is not done by the end of the settings' time.
     * Completes when nothing runs here any more.
     */
    Future<Void> drain() {
        if (drained == null) {
            drained = Promise.promise();
            executions.values().forEach(JobExecution::drain);
            vertx.setTimer(
                    Math.max(1, settings.drain().toMillis()),
                    timer -> executions.values().forEach(JobExecution::cancel));
            checkDrained();
        }
        return drained.future();
    }

    private void checkDrained() {
        boolean idle = book.latest().stream()
                .map(job -> job.phase().state())
                .noneMatch(state -> state == JobStatus.State.RUNNING || state == JobStatus.State.CANCELLING);
        if (drained != null && idle && writing == 0 && accepting.isEmpty()) {
            drained.tryComplete();
        }
    }

    /** Ends what runs here at once, to be gone on with at the next start. Completes when nothing runs any more. */
    Future<Void> stop() {
        Future<Void> idle = drain();
        executions.values().forEach(JobExecution::cancel);
        return idle;
    }

    private <T> Future<T> blocking(Callable<T> action) {
        return vertx.executeBlocking(action, false);
    }

    /** Verticles that are deployed from here would be undeployed before this service has a chance to end their job. */
    private <T> Future<T> onThreadOfItsOwn(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofVirtual().name("juggler-begin").start(task);
        return blocking(() -> {
            try {
                return task.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        });
    }
}
