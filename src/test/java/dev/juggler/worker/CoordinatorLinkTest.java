package dev.juggler.worker;

import static dev.juggler.Waiting.await;
import static dev.juggler.job.OutcomeState.FAILED;
import static dev.juggler.job.OutcomeState.SUCCEEDED;
import static dev.juggler.worker.OutcomeCollector.noTimeout;
import static dev.juggler.worker.OutcomeCollector.states;
import static dev.juggler.worker.OutcomeCollector.succeeded;
import static dev.juggler.worker.OutcomeCollector.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.TaskBatches;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerLeaving;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.bus.BusMessageCodec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One worker and its coordinator, on a bus between them. */
@ExtendWith(VertxExtension.class)
class CoordinatorLinkTest {
    private static final String RUN = "job-1";
    private static final String WORKER = "w-0";

    /** The index of the task that blocks until it is released or cancelled. */
    private static final long BLOCKED_TASK = 9;

    /** The index of the task that does not end before it is released. */
    private static final long STUCK_TASK = 15;

    private final BlockingQueue<WorkerHeartbeat> heartbeats = new LinkedBlockingQueue<>();
    private final BlockingQueue<BatchReply> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message<BusMessage>> leaving = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CoordinatorLinkVerticle links = new CoordinatorLinkVerticle(RUN, this::close);
    private final JobWorkerVerticle worker = new JobWorkerVerticle(
            RUN,
            WORKER,
            1,
            () -> new BlockingTaskRunner(
                    WORKER,
                    task -> {
                        if (task.index() == BLOCKED_TASK) {
                            begun.countDown();
                            release.await();
                        } else if (task.index() == STUCK_TASK) {
                            begun.countDown();
                            ignoreInterrupts();
                        }
                        return succeeded();
                    },
                    noTimeout(),
                    false));
    private Vertx vertx;
    private WorkerReady ready;

    @BeforeEach
    void open(Vertx given) throws Exception {
        vertx = given;
        BusMessageCodec.register(vertx.eventBus());
        await(vertx.eventBus()
                .<BusMessage>consumer(Addresses.coordinator(RUN), this::receive)
                .completion());
        await(vertx.deployVerticle(links));
        await(vertx.deployVerticle(worker, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        await(links.open(worker, "node", "-secret"));
        ready = next(heartbeats).worker();
    }

    @AfterEach
    void releaseTask() {
        release.countDown();
    }

    /** Does what a node does when one of its workers is stuck. */
    private void close(String stuck) {
        links.close(stuck);
        lost.add(stuck);
    }

    private void ignoreInterrupts() {
        while (release.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private void receive(Message<BusMessage> message) {
        switch (message.body()) {
            case WorkerHeartbeat heartbeat -> heartbeats.add(heartbeat);
            case BatchReplies batch -> replies.addAll(batch.all());
            case WorkerLeaving one -> leaving.add(message);
            default -> throw new AssertionError(message.body());
        }
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(60, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came in 60 s");
        return next;
    }

    private void send(long id, long from, long to) {
        TaskBatch batch = new TaskBatch(id, tasks(from, to), 1, 0, 0);
        vertx.eventBus().send(ready.address(), new TaskBatches(List.of(batch)), BusMessageCodec.options());
    }

    private BatchOutcome reply(long id) throws InterruptedException {
        BatchReply reply = next(replies);
        assertEquals(id, reply.flight());
        return reply.outcome();
    }

    private void acknowledgeLeaving() throws InterruptedException {
        next(leaving).reply(null);
    }

    @Test
    void announcesItsWorkerAtAnAddressThatNobodyGuesses() {
        assertEquals(new WorkerReady(WORKER, Addresses.worker(RUN, WORKER) + "-secret", 1, "node"), ready);
        assertTrue(ready.remote());
    }

    @Test
    void runsBatchesAndRepliesWithTheirIds() throws Exception {
        send(5, 0, 2);
        BatchOutcome outcome = reply(5);
        assertEquals(List.of(SUCCEEDED, SUCCEEDED), states(outcome));
        assertFalse(outcome.workerLost());
    }

    @Test
    void heartbeatsRenewTheLeasesOfUnansweredBatches() throws Exception {
        send(5, BLOCKED_TASK, BLOCKED_TASK + 1);
        begun.await();
        Waiting.until(
                "a heartbeat names the batch", () -> next(heartbeats).flights().equals(List.of(5L)));
        release.countDown();
        reply(5);
        Waiting.until(
                "a heartbeat names no batch", () -> next(heartbeats).flights().isEmpty());
    }

    @Test
    void leavingHandsBackWhatIsNotBegunAndWaitsForTheRest() throws Exception {
        send(5, BLOCKED_TASK, BLOCKED_TASK + 1);
        begun.await();
        send(6, 0, 2);
        Future<Void> left = links.leave();
        BatchOutcome returned = reply(6);
        assertEquals(tasks(0, 2), returned.returned());
        assertEquals(List.of(), returned.outcomes());
        acknowledgeLeaving();
        send(7, 20, 22);
        assertEquals(tasks(20, 22), reply(7).returned());
        assertFalse(left.isComplete());
        release.countDown();
        assertEquals(List.of(SUCCEEDED), states(reply(5)));
        await(left);
    }

    @Test
    void leavingWithoutABatchWaitsForItsAcknowledgementOnly() throws Exception {
        Future<Void> left = links.leave();
        Message<BusMessage> message = next(leaving);
        assertEquals(new WorkerLeaving(ready), message.body());
        assertFalse(left.isComplete());
        message.reply(null);
        await(left);
    }

    @Test
    void leavingEndsThoughTheCoordinatorIsGone() throws Exception {
        await(links.leave());
    }

    @Test
    void aTaskThatIsCutOffByLeavingIsForOthersToDo() throws Exception {
        send(5, BLOCKED_TASK, BLOCKED_TASK + 2);
        begun.await();
        Future<Void> left = links.leave();
        acknowledgeLeaving();
        worker.cancel("the node leaves");
        BatchOutcome cutOff = reply(5);
        assertEquals(List.of(FAILED), states(cutOff));
        assertTrue(cutOff.outcomes().getFirst().result().error().isWorkerLost());
        assertEquals(tasks(BLOCKED_TASK + 1, BLOCKED_TASK + 2), cutOff.returned());
        await(left);
    }

    @Test
    void aStuckWorkerIsReportedAndItsLinkClosed() throws Exception {
        send(5, STUCK_TASK, STUCK_TASK + 2);
        begun.await();
        worker.cancel("the end");
        BatchOutcome outcome = reply(5);
        assertTrue(outcome.workerLost());
        assertEquals(tasks(STUCK_TASK + 1, STUCK_TASK + 2), outcome.returned());
        assertEquals(WORKER, next(lost));
        Waiting.until("nobody takes batches at its address", this::isUnreachable);
    }

    private boolean isUnreachable() throws Exception {
        Future<Message<Object>> sent =
                vertx.eventBus().request(ready.address(), new TaskBatches(List.of()), BusMessageCodec.options());
        return await(sent.transform(reply -> Future.succeededFuture(isWithoutHandler(reply.cause()))));
    }

    private static boolean isWithoutHandler(Throwable cause) {
        return cause instanceof ReplyException failed && failed.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
