package dev.juggler.coordinator;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerLeaving;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import dev.juggler.job.JobResult;
import dev.juggler.job.Task;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The owner of one job: reads its inputs page by page, sends batches to workers that have credit, and passes outcomes
 * on. Everything here happens on its event loop.
 *
 * <p>Nothing grows without bound: a page is read when the last is nearly used up, a batch is sent when a worker has
 * credit and the {@link OutcomeQueue} has room, and ordered results hold back the tasks that are far ahead.
 */
public final class CoordinatorVerticle extends VerticleBase {
    /** How often the workers in other JVMs are looked after. */
    private static final long LOOK_MILLIS = 1_000;

    /** How long after a worker is lost its batches are waited for: those it had begun come at once. */
    private static final long STRAGGLER_MILLIS = 100;

    /** How much longer than it should take cancelled batches are waited for, on a machine that is busy. */
    private static final long LAST_MILLIS = 2_000;

    /** How long at least an outcome may wait for others to be written with: by less than a timer's millisecond longer. */
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Job job;
    private final ResumedSource source;
    private final WorkerControl crew;
    private final OutcomeQueue outbox;
    private final Chunker chunker;
    private final RateLimiter pace;
    private final JobProgress state = new JobProgress();
    private final TaskGroups groups;
    private final Backlog backlog;
    private final WorkerCredits credits = new WorkerCredits();
    private final Prefetch ahead;
    private final InFlightBatches flights = new InFlightBatches();
    private final ConcurrencyWindow window;
    private final PoisonTaskDetector suspects = new PoisonTaskDetector();
    private final HedgedBatches hedges;
    private final RemoteWorkerMonitor afar;
    private final TaskResults returns;
    private final Promise<JobResult> result = Promise.promise();
    private final Promise<Context> home = Promise.promise();
    private InputPrefetcher input;
    private BatchSender courier;
    private MessageConsumer<BusMessage> arrivals;
    private volatile Thread thread;
    private volatile OptionalLong firstWorkerNanos = OptionalLong.empty();
    private OneShotTimer alarm;
    private OneShotTimer flushing;
    private long lookTimer = -1;
    private boolean over;

    /**
     * A coordinator that is not deployed yet.
     *
     * @param groupOf names the group of a task; asked on the coordinator's event loop, and only where limits need it
     */
    public CoordinatorVerticle(
            Job job, ResumedSource source, OutcomeSink sink, WorkerControl crew, Function<Task, String> groupOf) {
        this.job = job;
        this.source = source;
        this.crew = crew;
        this.outbox = new OutcomeQueue(job, sink, this::written);
        this.groups = new TaskGroups(job.limits().perGroup(), groupOf);
        this.backlog = new Backlog(groups, outbox::expect);
        this.returns = new TaskResults(job, state, backlog, suspects, groups, outbox);
        this.afar = new RemoteWorkerMonitor(
                credits, flights, suspects, returns, silent -> crew.lost(silent.worker(), false));
        this.ahead = new Prefetch(job);
        this.chunker = new Chunker(job.chunking());
        this.hedges = new HedgedBatches(job, flights, credits, suspects, groups);
        this.window = new ConcurrencyWindow(job, System.nanoTime());
        this.pace = new RateLimiter(job.limits().rate(), System.nanoTime());
    }

    @Override
    public Future<?> start() {
        thread = Thread.currentThread();
        alarm = new OneShotTimer(vertx);
        flushing = new OneShotTimer(vertx);
        input = new InputPrefetcher(vertx, job.id(), source);
        courier = new BatchSender(vertx, this::answered);
        arrivals = vertx.eventBus().consumer(Addresses.coordinator(job.id()), this::hear);
        job.limits()
                .deadline()
                .ifPresent(time -> vertx.setTimer(
                        Math.max(1, time.toMillis()),
                        timer -> cancelNow(EndReason.DEADLINE, "the deadline of the run has passed")));
        home.complete(context);
        return arrivals.completion();
    }

    /** How the run ended. Completes on the coordinator's event loop when every outcome is written. */
    public Future<JobResult> result() {
        return result.future();
    }

    /** The event loop it lives on, once it is deployed. */
    public Thread thread() {
        return thread;
    }

    /** How many batches may be in flight over all workers; under an adaptive job it changes. Called from any thread. */
    public int window() {
        return window.size();
    }

    /** The largest {@link #window} there has been. Called from any thread. */
    public int largestWindow() {
        return window.highest();
    }

    /** An adaptive job shall have no more in flight. Called from any thread. */
    public void boundWindow(int most) {
        execute(() -> window.bound(most));
    }

    /** Batches that are in flight. Called from any thread. */
    public int inFlight() {
        return flights.lately();
    }

    /** Gives the workers that are there nothing more: others come. Called on the coordinator's event loop. */
    public void retireWorkers() {
        credits.removeAll();
    }

    /** So many are now worked on at a time. Called on the coordinator's event loop. */
    public void resizeWindow(int concurrency) {
        window.resize(concurrency);
    }

    /** Runs what deploys and ends the run on this verticle's context, now or as soon as it is deployed. */
    public void execute(Runnable action) {
        home.future().onSuccess(here -> here.runOnContext(ignored -> action.run()));
    }

    /** Begins no more tasks and lets those that are begun end. Called from any thread, at any time. */
    public void stop(EndReason reason, Throwable cause) {
        execute(() -> stopNow(reason, cause));
    }

    /** Ends the tasks that are begun too. Called from any thread, at any time. */
    public void cancel(EndReason reason, String why) {
        execute(() -> cancelNow(reason, why));
    }

    private void cancelNow(EndReason reason, String why) {
        stopNow(reason, null);
        long patience = crew.cancel(why).toMillis() + LAST_MILLIS;
        vertx.setTimer(patience, timer -> giveUpOnAll());
    }

    /** What has not come back by now never will: it waits for a thread that a stuck task keeps. */
    private void giveUpOnAll() {
        settled(() -> returns.takeBackAll(flights.takeBackAll()));
    }

    /** When the first worker was ready, as {@link System#nanoTime}; empty before. */
    public OptionalLong firstWorkerNanos() {
        return firstWorkerNanos;
    }

    private void hear(Message<BusMessage> message) {
        switch (BatchSender.read(message)) {
            case BatchReplies answers -> answered(answers);
            case WorkerReady worker -> welcome(worker);
            case WorkerHeartbeat alive -> renew(alive);
            case WorkerLeaving leaving -> {
                credits.remove(leaving.worker().worker());
                message.reply(null);
            }
            case null -> {}
            default -> throw new IllegalArgumentException("a coordinator is not told " + message.body());
        }
    }

    private void answered(BatchReplies answers) {
        answers.all().forEach(this::ended);
        flushSoon();
        dispatch();
    }

    private void welcome(WorkerReady worker) {
        if (firstWorkerNanos.isEmpty()) {
            firstWorkerNanos = OptionalLong.of(System.nanoTime());
        }
        credits.add(worker);
        dispatch();
    }

    private void renew(WorkerHeartbeat alive) {
        if (afar.renew(alive)) {
            if (lookTimer < 0) {
                lookTimer = vertx.setPeriodic(LOOK_MILLIS, timer -> look());
            }
            welcome(alive.worker());
        }
    }

    /** A JVM with workers is dead, or cannot be reached. Called from any thread, at any time. */
    public void nodeLost(String node, String why) {
        execute(() -> settled(() -> afar.lose(node, why)));
    }

    private void settled(Runnable losses) {
        losses.run();
        outbox.flush();
        dispatch();
    }

    private void dispatch() {
        long now = System.nanoTime();
        while (mayDispatch()) {
            int most = pace.allow(chunker.next(left(), slots()), now);
            Backlog.Batch share = most == 0 ? null : next(most, now);
            if (share == null) {
                break;
            }
            send(share);
        }
        courier.send();
        readOn();
        wakeLater(now);
        finishWhenDone();
    }

    private Backlog.Batch next(int most, long now) {
        Backlog.Batch wary = suspects.take();
        return wary != null ? wary : backlog.take(most, now, outbox.mayRunAhead(slots()));
    }

    private boolean mayDispatch() {
        return !state.stopping() && credits.available() && window.hasRoom(flights.size()) && outbox.hasRoom();
    }

    /** How many batches are worked on at a time. */
    private int slots() {
        return job.adaptive() ? Math.min(credits.slots(), window.size()) : credits.slots();
    }

    /** Inputs not dispatched yet, where the source knows how many it has. */
    private OptionalLong left() {
        OptionalLong size = source.size();
        return size.isPresent() ? OptionalLong.of(Math.max(0, size.getAsLong() - state.submitted())) : size;
    }

    private void send(Backlog.Batch share) {
        WorkerReady worker = credits.take();
        int size = share.tasks().size();
        if (share.fresh()) {
            state.submitted(size);
        }
        pace.started(size);
        courier.carry(flights.begin(worker, share, System.nanoTime()), chunker.budgetNanos());
    }

    /** What comes of a batch that has been taken back counts for nothing. */
    private void ended(BatchReply answer) {
        InFlightBatches.InFlightBatch flight = flights.end(answer.flight());
        BatchOutcome batch = answer.outcome();
        if (flight != null) {
            if (batch.workerLost()) {
                lose(flight.worker());
            } else {
                credits.giveBack(flight.worker(), ahead.of(flight.worker(), batch));
            }
            take(flight, hedges.counted(flight, batch, System.nanoTime()));
        }
    }

    private void take(InFlightBatches.InFlightBatch flight, BatchOutcome batch) {
        if (batch.isEmpty()) {
            return;
        }
        chunker.learn(batch.outcomes());
        if (window.learn(flight, batch.outcomes(), flights.size() + 1) && !state.stopping()) {
            crew.grow(window.highest());
        }
        returns.landed(flight.sent().tasks());
        batch.outcomes().forEach(returns::take);
        returns.takeBack(batch.returned(), flight.sent().attempt());
        if (job.limits().halt().halts(state.ended(), state.unsuccessful())) {
            stopNow(EndReason.HALTED, null);
        }
        TaskResults.endOfRun(batch.outcomes()).ifPresent(why -> stopNow(EndReason.OUTPUT_FAILED, why));
    }

    /** A write wakes the thread that writes: outcomes that come close together go together. */
    private void flushSoon() {
        if (flights.isEmpty() || outbox.isWorthAWrite()) {
            outbox.flush();
        } else if (!flushing.isSet()) {
            flushing.in(FLUSH_NANOS, outbox::flush);
        }
    }

    /** Looks after the workers in other JVMs, and sends what takes long to a second one, once there is nothing else to send. */
    private void look() {
        settled(afar::look);
        while (mayDispatch() && isAllSent()) {
            InFlightBatches.InFlightBatch copy = hedges.begin(System.nanoTime());
            if (copy == null) {
                break;
            }
            courier.carry(copy, chunker.budgetNanos());
        }
        courier.send();
    }

    /** What was sent to a second worker so far; null when nothing was. Called from any thread. */
    public HedgeCounts hedged() {
        return hedges.result();
    }

    private void lose(WorkerReady worker) {
        if (credits.remove(worker.worker())) {
            afar.forget(worker);
            crew.lost(worker.worker(), !worker.remote() && !state.stopping());
            // A batch that has not even reached a stuck worker is never replied to, so it is taken back.
            vertx.setTimer(
                    STRAGGLER_MILLIS, timer -> settled(() -> returns.takeBackAll(flights.takeBack(worker.worker()))));
        }
    }

    private void readOn() {
        if (state.stopping() || !input.idle() || backlog.crowded() || backlog.fresh() > InputPrefetcher.PAGE / 2) {
            return;
        }
        input.read().onComplete(page -> {
            if (page.failed()) {
                stopNow(EndReason.INPUT_FAILED, page.cause());
            } else if (!page.result().isEmpty() && !state.stopping()) {
                backlog.add(page.result());
            }
            dispatch();
        });
    }

    /** Sees to it that tasks are dispatched when the pace allows, or the next retry is due. */
    private void wakeLater(long now) {
        alarm.off();
        OptionalLong due = backlog.nextDue(now, outbox.mayRunAhead(slots()));
        if (due.isPresent() && mayDispatch()) {
            alarm.in(Math.max(due.getAsLong() - now, pace.waitNanos()), this::dispatch);
        }
    }

    private void written(Throwable failure) {
        if (failure != null) {
            stopNow(EndReason.OUTPUT_FAILED, failure);
        }
        dispatch();
    }

    private void stopNow(EndReason reason, Throwable cause) {
        if (!over && state.stop(reason, cause)) {
            returns.dropAll();
            crew.drain();
            outbox.flush();
            // Nothing else may happen that would end it: no task is in flight, and the next input may never come.
            finishWhenDone();
        }
    }

    private boolean isAllSent() {
        return input.exhausted() && backlog.isEmpty() && suspects.isEmpty();
    }

    private void finishWhenDone() {
        if (!over && (state.stopping() || isAllSent()) && flights.isEmpty() && outbox.isEmpty()) {
            over = true;
            input.close();
            result.complete(state.result(source.skipped()));
        }
    }
}
