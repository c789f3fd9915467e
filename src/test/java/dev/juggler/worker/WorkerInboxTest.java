package dev.juggler.worker;

import static dev.juggler.worker.OutcomeCollector.succeeded;
import static dev.juggler.worker.OutcomeCollector.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class WorkerInboxTest {
    /** The index of the task that blocks until it is released. */
    private static final long BLOCKED_TASK = 1_000;

    private final BlockingQueue<BatchReplies> sent = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private Context sourceLoop;
    private WorkerInbox inbox;

    @BeforeEach
    void open(Vertx vertx) throws Exception {
        sourceLoop = vertx.getOrCreateContext();
        BlockingTaskRunner runner = new BlockingTaskRunner("w", this::run, OutcomeCollector.noTimeout(), false);
        Context[] worker = new Context[1];
        VerticleBase verticle = new VerticleBase() {
            @Override
            public Future<?> start() {
                worker[0] = context;
                return Future.succeededFuture();
            }
        };
        vertx.deployVerticle(verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        inbox = new WorkerInbox(vertx, worker[0], runner, 1, sent::add);
    }

    @AfterEach
    void releaseTask() {
        release.countDown();
    }

    private Result run(Task task) throws InterruptedException {
        if (task.index() == BLOCKED_TASK) {
            begun.countDown();
            release.await();
        }
        return succeeded();
    }

    private void put(long... batchIds) {
        sourceLoop.runOnContext(ignored -> {
            for (long batchId : batchIds) {
                inbox.put(List.of(batch(batchId)));
            }
        });
    }

    private BatchReplies next() throws InterruptedException {
        BatchReplies next = sent.poll(60, TimeUnit.SECONDS);
        assertNotNull(next, "no reply within 60 s");
        return next;
    }

    /** Waits for the replies to this many batches and returns them by batch id. */
    private Map<Long, BatchOutcome> replies(int count) throws InterruptedException {
        Map<Long, BatchOutcome> all = new HashMap<>();
        while (all.size() < count) {
            next().all().forEach(reply -> assertNull(all.put(reply.flight(), reply.outcome())));
        }
        return all;
    }

    @Test
    void answersEachBatchOnceInFewerMessagesThanBatches() throws Exception {
        put(LongStream.range(0, 900).toArray());
        int messages = 0;
        Set<Long> batchIds = new HashSet<>();
        while (batchIds.size() < 900) {
            next().all().forEach(reply -> assertTrue(batchIds.add(reply.flight())));
            messages++;
        }
        assertTrue(messages < 900, messages + " messages");
        assertEquals(List.of(), inbox.held());
    }

    @Test
    void returnsBatchesQueuedBehindALongBatch() throws Exception {
        put(BLOCKED_TASK);
        begun.await();
        put(1, 2);
        Map<Long, BatchOutcome> returned = replies(2);
        assertEquals(tasks(1, 2), returned.get(1L).returned());
        assertEquals(tasks(2, 3), returned.get(2L).returned());
        assertEquals(List.of(BLOCKED_TASK), inbox.held());
        release.countDown();
        assertEquals(1, replies(1).get(BLOCKED_TASK).outcomes().size());
    }

    @Test
    void sendsEarlierRepliesWhileALongBatchRuns() throws Exception {
        put(1, 2, 3, BLOCKED_TASK);
        assertTrue(replies(3).keySet().containsAll(Set.of(1L, 2L, 3L)));
    }

    @Test
    void sendsRepliesOfOneEventLoopTurnTogether(Vertx vertx) throws Exception {
        Context loop = vertx.getOrCreateContext();
        List<Promise<Result>> open = new ArrayList<>();
        AsyncWork work = (task, cancellation) -> {
            open.add(Promise.promise());
            return open.getLast().future();
        };
        loop.runOnContext(ignored -> {
            AsyncTaskRunner runner = new AsyncTaskRunner("async-0", work, OutcomeCollector.noTimeout(), vertx);
            WorkerInbox asyncInbox = new WorkerInbox(vertx, loop, runner, 8, sent::add);
            asyncInbox.put(List.of(batch(1), batch(2), batch(3)));
            // Runs after the turn in which the tasks start.
            loop.runOnContext(later -> open.forEach(task -> task.complete(succeeded())));
        });
        assertEquals(3, next().all().size());
        assertTrue(sent.isEmpty());
    }

    private static TaskBatch batch(long batchId) {
        return new TaskBatch(batchId, tasks(batchId, batchId + 1), 1, 0, 0);
    }

    @Test
    void handBackReturnsQueuedBatches() throws Exception {
        put(BLOCKED_TASK);
        begun.await();
        put(1);
        sourceLoop.runOnContext(ignored -> inbox.handBack());
        assertEquals(tasks(1, 2), replies(1).get(1L).returned());
    }
}
