package dev.juggler.worker;

import static dev.juggler.worker.Collected.succeeded;
import static dev.juggler.worker.Collected.tasks;
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
    /** The task that does not end before it may. */
    private static final long LONG = 1_000;

    private final BlockingQueue<BatchReplies> said = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private Context home;
    private WorkerInbox inbox;

    @BeforeEach
    void open(Vertx vertx) throws Exception {
        home = vertx.getOrCreateContext();
        BlockingTaskRunner runner = new BlockingTaskRunner("w", this::run, Collected.unbounded(), false);
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
        inbox = new WorkerInbox(vertx, worker[0], runner, 1, said::add);
    }

    @AfterEach
    void letGo() {
        mayEnd.countDown();
    }

    private Result run(Task task) throws InterruptedException {
        if (task.index() == LONG) {
            begun.countDown();
            mayEnd.await();
        }
        return succeeded();
    }

    private void put(long... flights) {
        home.runOnContext(ignored -> {
            for (long flight : flights) {
                inbox.put(List.of(batch(flight)));
            }
        });
    }

    private BatchReplies next() throws InterruptedException {
        BatchReplies next = said.poll(60, TimeUnit.SECONDS);
        assertNotNull(next, "nothing was said");
        return next;
    }

    /** What is said next of so many batches, by flight. */
    private Map<Long, BatchOutcome> answers(int count) throws InterruptedException {
        Map<Long, BatchOutcome> all = new HashMap<>();
        while (all.size() < count) {
            next().all().forEach(answer -> assertNull(all.put(answer.flight(), answer.outcome())));
        }
        return all;
    }

    @Test
    void everyBatchIsAnsweredOnceAndInFewerMessagesThanBatches() throws Exception {
        put(LongStream.range(0, 900).toArray());
        int messages = 0;
        Set<Long> flights = new HashSet<>();
        while (flights.size() < 900) {
            next().all().forEach(answer -> assertTrue(flights.add(answer.flight())));
            messages++;
        }
        assertTrue(messages < 900, messages + " messages");
        assertEquals(List.of(), inbox.held());
    }

    @Test
    void whatWaitsBehindALongBatchGoesBackAndTheLongOneGoesOn() throws Exception {
        put(LONG);
        begun.await();
        put(1, 2);
        Map<Long, BatchOutcome> back = answers(2);
        assertEquals(tasks(1, 2), back.get(1L).returned());
        assertEquals(tasks(2, 3), back.get(2L).returned());
        assertEquals(List.of(LONG), inbox.held());
        mayEnd.countDown();
        assertEquals(1, answers(1).get(LONG).outcomes().size());
    }

    @Test
    void whatCameBeforeALongBatchIsSaidThoughThatGoesOn() throws Exception {
        put(1, 2, 3, LONG);
        assertTrue(answers(3).keySet().containsAll(Set.of(1L, 2L, 3L)));
    }

    @Test
    void whatEndsInOneTurnOfAnEventLoopIsSaidTogether(Vertx vertx) throws Exception {
        Context loop = vertx.getOrCreateContext();
        List<Promise<Result>> open = new ArrayList<>();
        AsyncWork work = (task, cancellation) -> {
            open.add(Promise.promise());
            return open.getLast().future();
        };
        loop.runOnContext(ignored -> {
            AsyncTaskRunner runner = new AsyncTaskRunner("async-0", work, Collected.unbounded(), vertx);
            WorkerInbox waiting = new WorkerInbox(vertx, loop, runner, 8, said::add);
            waiting.put(List.of(batch(1), batch(2), batch(3)));
            // Behind the turn in which the tasks are begun.
            loop.runOnContext(later -> open.forEach(task -> task.complete(succeeded())));
        });
        assertEquals(3, next().all().size());
        assertTrue(said.isEmpty());
    }

    private static TaskBatch batch(long flight) {
        return new TaskBatch(flight, tasks(flight, flight + 1), 1, 0, 0);
    }

    @Test
    void whatWaitsIsHandedBackWhenTold() throws Exception {
        put(LONG);
        begun.await();
        put(1);
        home.runOnContext(ignored -> inbox.handBack());
        assertEquals(tasks(1, 2), answers(1).get(1L).returned());
    }
}
