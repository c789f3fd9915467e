package dev.juggler.coordinator;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerLeaving;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.coordinator.BatchDispatcher.CompletedBatch;
import dev.juggler.coordinator.RemoteWorkerMonitor.LostWorker;
import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import dev.juggler.job.JobResult;
import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one job: reads its inputs page by page, sends batches to workers that have credit, and passes outcomes
 * on. Runs on its event loop, except the methods that say otherwise.
 *
 * <p>Nothing grows without bound: a page is read when the last one is nearly used up, a batch is sent when a worker has
 * credit and the {@link OutcomeQueue} has room, and ordered results delay tasks that are far ahead.
 */
public final class CoordinatorVerticle extends VerticleBase {
    /** The unit in which {@link WorkerLeases} count. */
    private static final long LEASE_CHECK_MILLIS = 1_000;

    /** The wait for the last replies of a lost worker, whose finished batches arrive at once. */
    private static final long LOST_WORKER_GRACE_MILLIS = 100;

    /** The time that cancelled batches get beyond what cancelling should take, for a busy machine. */
    private static final long CANCEL_GRACE_MILLIS = 2_000;

    /**
     * The time for which an outcome waits for others to be written with it; timers round it up to the next millisecond.
     */
    private static final long FLUSH_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Job job;
    private final ResumedSource source;
    private final WorkerControl workerControl;
    private final OutcomeQueue outcomes;
    private final JobTasks tasks;
    private final BatchDispatcher dispatcher;
    private final Chunker chunker;
    private final RateLimiter rateLimiter;
    private final ConcurrencyWindow window;
    private final Promise<JobResult> result = Promise.promise();
    private final Promise<Context> deployedContext = Promise.promise();
    private final InputPrefetcher inputs;
    private volatile @Nullable Thread thread;
    private volatile OptionalLong firstWorkerNanos = OptionalLong.empty();
    private final OneShotTimer dispatchTimer = new OneShotTimer(() -> vertx);
    private final OneShotTimer flushTimer = new OneShotTimer(() -> vertx);
    private long leaseTimer = -1;
    private boolean finished;

    /**
     * Creates a coordinator that is not deployed yet.
     *
     * @param source the inputs; read on a thread of its own and left open
     * @param sink takes the outcomes
     * @param workerControl deploys and ends the workers
     * @param groupOf names the group of a task; called on the coordinator's event loop, and only if limits need it
     */
    public CoordinatorVerticle(
            Job job,
            ResumedSource source,
            OutcomeSink sink,
            WorkerControl workerControl,
            Function<Task, String> groupOf) {
        this.job = job;
        this.source = source;
        this.workerControl = workerControl;
        this.outcomes = new OutcomeQueue(job, sink, this::onWritten);
        this.tasks = new JobTasks(job, outcomes, groupOf);
        this.dispatcher = new BatchDispatcher(job, () -> vertx, this::onReplies);
        this.inputs = new InputPrefetcher(() -> vertx, job.id(), source);
        this.chunker = new Chunker(job.chunking());
        this.window = new ConcurrencyWindow(job, System.nanoTime());
        this.rateLimiter = new RateLimiter(job.limits().rate(), System.nanoTime());
    }

    @Override
    public Future<?> start() {
        thread = Thread.currentThread();
        MessageConsumer<BusMessage> messages =
                vertx.eventBus().consumer(Addresses.coordinator(job.id()), this::onMessage);
        job.limits()
                .deadline()
                .ifPresent(time -> vertx.setTimer(
                        Math.max(1, time.toMillis()),
                        timer -> cancelNow(EndReason.DEADLINE, "the deadline of the run has passed")));
        deployedContext.complete(context);
        return messages.completion();
    }

    /** The result of the run. Completes on the coordinator's event loop when every outcome is written; never fails. */
    public Future<JobResult> result() {
        return result.future();
    }

    /** The coordinator's event loop; null before it is deployed. Called from any thread. */
    public @Nullable Thread thread() {
        return thread;
    }

    /**
     * The number of batches that may be in flight over all workers; varies in an adaptive job. Called from any thread.
     */
    public int window() {
        return window.size();
    }

    /** The largest {@link #window} so far. Called from any thread. */
    public int largestWindow() {
        return window.highest();
    }

    /** Caps the {@link #window} of an adaptive job. Called from any thread. */
    public void boundWindow(int max) {
        execute(() -> window.bound(max));
    }

    /** The number of batches in flight. Called from any thread. */
    public int inFlight() {
        return dispatcher.recentInFlight();
    }

    /** Sends no more to the present workers; others replace them. Called on the coordinator's event loop. */
    public void retireWorkers() {
        dispatcher.retireAll();
    }

    /** Sets the {@link #window} of a job that is not adaptive. Called on the coordinator's event loop. */
    public void resizeWindow(int concurrency) {
        window.resize(concurrency);
    }

    /** The number of batches that were sent to a second worker; null if none was. Called from any thread. */
    public @Nullable HedgeCounts hedged() {
        return dispatcher.hedgeCounts();
    }

    /** The {@link System#nanoTime} at which the first worker was ready; empty before. Called from any thread. */
    public OptionalLong firstWorkerNanos() {
        return firstWorkerNanos;
    }

    /** Runs an action on this verticle's context, now or as soon as it is deployed. Called from any thread. */
    public void execute(Runnable action) {
        deployedContext.future().onSuccess(deployed -> deployed.runOnContext(ignored -> action.run()));
    }

    /**
     * Finishes the started tasks and starts no more. Called from any thread, at any time; the first reason is kept.
     *
     * @param cause null for none
     */
    public void stop(EndReason reason, @Nullable Throwable cause) {
        execute(() -> stopNow(reason, cause));
    }

    /** Cancels the started tasks and starts no more. Called from any thread, at any time; the first reason is kept. */
    public void cancel(EndReason reason, String why) {
        execute(() -> cancelNow(reason, why));
    }

    /** Handles the loss of a JVM with workers, which died or cannot be reached. Called from any thread, at any time. */
    public void nodeLost(String node, String why) {
        execute(() -> reclaimAndDispatch(() -> dispatcher.nodeLost(node, why).forEach(this::reclaim)));
    }

    private void onMessage(Message<BusMessage> message) {
        switch (BatchSender.read(message)) {
            case BatchReplies replies -> onReplies(replies);
            case WorkerReady worker -> onReady(worker);
            case WorkerHeartbeat heartbeat -> onHeartbeat(heartbeat);
            case WorkerLeaving leaving -> {
                dispatcher.retire(leaving.worker());
                message.reply(null);
            }
            case null -> {}
            default -> throw new IllegalArgumentException("a coordinator does not accept " + message.body());
        }
    }

    private void onReady(WorkerReady worker) {
        if (firstWorkerNanos.isEmpty()) {
            firstWorkerNanos = OptionalLong.of(System.nanoTime());
        }
        dispatcher.add(worker);
        dispatch();
    }

    private void onHeartbeat(WorkerHeartbeat heartbeat) {
        if (dispatcher.renew(heartbeat)) {
            if (leaseTimer < 0) {
                leaseTimer = vertx.setPeriodic(LEASE_CHECK_MILLIS, timer -> checkLeases());
            }
            onReady(heartbeat.worker());
        }
    }

    /** Reads and dispatches as much as limits, credit and the sink allow, and ends the run when nothing is left. */
    private void dispatch() {
        long now = System.nanoTime();
        while (mayDispatch()) {
            int max = rateLimiter.allow(chunker.next(unsubmitted(), slots()), now);
            Batch batch = max == 0 ? null : tasks.next(max, now, outcomes.mayRunAhead(slots()));
            if (batch == null) {
                break;
            }
            rateLimiter.started(batch.tasks().size());
            dispatcher.dispatch(batch, chunker.budgetNanos());
        }
        dispatcher.flush();
        readPage();
        dispatchLater(now);
        finishIfDone();
    }

    private boolean mayDispatch() {
        return !tasks.progress().isStopping()
                && dispatcher.hasCredit()
                && window.hasRoom(dispatcher.inFlight())
                && outcomes.hasRoom();
    }

    /** The number of batches that run at a time. */
    private int slots() {
        return job.adaptive() ? Math.min(dispatcher.slots(), window.size()) : dispatcher.slots();
    }

    /** The number of inputs that were never dispatched, if the source knows its size. */
    private OptionalLong unsubmitted() {
        OptionalLong size = source.size();
        long submitted = tasks.progress().submitted();
        return size.isPresent() ? OptionalLong.of(Math.max(0, size.getAsLong() - submitted)) : size;
    }

    private void readPage() {
        if (tasks.progress().isStopping() || !inputs.isIdle() || !tasks.needsPage()) {
            return;
        }
        inputs.read().onComplete(page -> {
            if (page.failed()) {
                stopNow(EndReason.INPUT_FAILED, page.cause());
            } else if (!page.result().isEmpty() && !tasks.progress().isStopping()) {
                tasks.add(page.result());
            }
            dispatch();
        });
    }

    /** Sets the timer for the next retry, pause or rate limit to end. */
    private void dispatchLater(long now) {
        dispatchTimer.cancel();
        OptionalLong due = tasks.nextDue(now, outcomes.mayRunAhead(slots()));
        if (due.isPresent() && mayDispatch()) {
            dispatchTimer.schedule(Math.max(due.getAsLong() - now, rateLimiter.waitNanos()), this::dispatch);
        }
    }

    private void onReplies(BatchReplies replies) {
        replies.all().forEach(this::onReply);
        flushSoon();
        dispatch();
    }

    private void onReply(BatchReply reply) {
        CompletedBatch completed = dispatcher.complete(reply);
        if (completed == null) {
            return;
        }
        if (completed.reply().workerLost()) {
            abandon(completed.batch().worker());
        }
        if (!completed.reply().isEmpty()) {
            onOutcomes(completed.batch(), completed.reply());
        }
    }

    private void onOutcomes(InFlightBatch batch, BatchOutcome reply) {
        chunker.learn(reply.outcomes());
        boolean grown = window.learn(batch, reply.outcomes(), dispatcher.inFlight() + 1);
        JobProgress progress = tasks.progress();
        if (grown && !progress.isStopping()) {
            workerControl.grow(window.highest());
        }
        tasks.complete(batch.sent(), reply);
        if (job.limits().halt().halts(progress.ended(), progress.unsuccessful())) {
            stopNow(EndReason.HALTED, null);
        }
        fatalError(reply.outcomes()).ifPresent(why -> stopNow(EndReason.OUTPUT_FAILED, why));
    }

    /** The first error that all other tasks would get as well. */
    private static Optional<IOException> fatalError(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            TaskError error = outcome.result().error();
            if (error != null && error.endsRun()) {
                return Optional.of(
                        new IOException(error.message() + ": the run ends here, since others would fail too"));
            }
        }
        return Optional.empty();
    }

    /** Delays the flush while more outcomes are expected, since each write wakes the writing thread. */
    private void flushSoon() {
        if (dispatcher.inFlight() == 0 || outcomes.isWorthWriting()) {
            outcomes.flush();
        } else if (!flushTimer.isSet()) {
            flushTimer.schedule(FLUSH_DELAY_NANOS, outcomes::flush);
        }
    }

    private void onWritten(@Nullable Throwable failure) {
        if (failure != null) {
            stopNow(EndReason.OUTPUT_FAILED, failure);
        }
        dispatch();
    }

    /** Expires the leases of remote workers, and hedges slow batches once no other task waits. */
    private void checkLeases() {
        reclaimAndDispatch(() -> {
            RemoteWorkerMonitor.ExpiredLeases expired = dispatcher.expireLeases();
            for (LostWorker lost : expired.workers()) {
                reclaim(lost);
                workerControl.lost(lost.worker().worker(), false);
            }
            reclaim(expired.batches());
        });
        long now = System.nanoTime();
        boolean copied = true;
        while (copied && mayDispatch() && isAllDispatched()) {
            copied = dispatcher.dispatchCopy(chunker.budgetNanos(), batch -> tasks.mayCopy(batch, now));
        }
        dispatcher.flush();
    }

    /** Gives up a worker that is stuck in a task. */
    private void abandon(WorkerReady worker) {
        if (dispatcher.forget(worker)) {
            boolean replace = !worker.remote() && !tasks.progress().isStopping();
            workerControl.lost(worker.worker(), replace);
            // A batch that has not reached the stuck worker is never answered, so it is reclaimed.
            vertx.setTimer(
                    LOST_WORKER_GRACE_MILLIS, timer -> reclaimAndDispatch(() -> reclaim(dispatcher.reclaim(worker))));
        }
    }

    private void reclaim(LostWorker lost) {
        lost.started().forEach(batch -> tasks.workerDied(batch, lost.why()));
        reclaim(lost.unstarted());
    }

    private void reclaim(List<InFlightBatch> batches) {
        batches.forEach(batch -> tasks.reclaim(batch.awaited()));
    }

    private void reclaimAndDispatch(Runnable reclaim) {
        reclaim.run();
        outcomes.flush();
        dispatch();
    }

    private void cancelNow(EndReason reason, String why) {
        stopNow(reason, null);
        long timeout = workerControl.cancel(why).toMillis() + CANCEL_GRACE_MILLIS;
        // A batch that is not answered by then waits for the thread of a stuck task, and never will be.
        vertx.setTimer(timeout, timer -> reclaimAndDispatch(() -> reclaim(dispatcher.reclaimAll())));
    }

    private void stopNow(EndReason reason, @Nullable Throwable cause) {
        if (!finished && tasks.progress().stop(reason, cause)) {
            tasks.dropWaiting();
            workerControl.drain();
            outcomes.flush();
            // Without tasks in flight, and with an input that may never arrive, no other event would end the run.
            finishIfDone();
        }
    }

    private boolean isAllDispatched() {
        return inputs.isExhausted() && tasks.isEmpty();
    }

    private void finishIfDone() {
        if (!finished
                && (tasks.progress().isStopping() || isAllDispatched())
                && dispatcher.inFlight() == 0
                && outcomes.isEmpty()) {
            finished = true;
            inputs.close();
            result.complete(tasks.progress().result(source.skipped()));
        }
    }
}
