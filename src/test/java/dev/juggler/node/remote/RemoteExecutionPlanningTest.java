package dev.juggler.node.remote;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.Waiting;
import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.bus.BusMessageCodec;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests for help with jobs that this node cannot or must not run. */
class RemoteExecutionPlanningTest {
    private static final HelpRequest FIRST = new HelpRequest("first", 1, "owner");
    private static final HelpRequest SECOND = new HelpRequest("second", 1, "owner");
    private static final HelpRequest THIRD = new HelpRequest("third", 1, "owner");

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<HelpRequest> planned = new CopyOnWriteArrayList<>();

    @BeforeEach
    void registerCodec() {
        BusMessageCodec.register(vertx.eventBus());
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void aJobThatTheNodeDoesNotAllowIsPlannedOnce() throws Exception {
        start(2, request -> {
            throw RejectedRequestException.bad("this node has no function 'square'");
        });
        requestUntilPlanned(FIRST, 1);
        requestUntilPlanned(SECOND, 1);

        request(FIRST);
        requestUntilPlanned(THIRD, 1);

        assertEquals(List.of(FIRST, SECOND, THIRD), planned);
    }

    @Test
    void aJobThatIsUnavailableNowIsPlannedAgain() throws Exception {
        start(2, request -> {
            throw RejectedRequestException.unavailable("its owner no longer has it");
        });

        requestUntilPlanned(FIRST, 3);
    }

    @Test
    void noMoreJobsThanTheLimitAreStarted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        start(1, request -> {
            awaitRelease(release);
            throw RejectedRequestException.bad("this node has no function 'square'");
        });
        requestUntilPlanned(FIRST, 1);

        request(SECOND);
        awaitDelivery();
        release.countDown();
        requestUntilPlanned(THIRD, 1);

        assertEquals(List.of(FIRST, THIRD), planned, "the first job had the only place");
    }

    @Test
    void aDrainedNodeStartsNoJobs() throws Exception {
        RemoteExecutions executions = start(2, request -> {
            throw RejectedRequestException.bad("this node has no function 'square'");
        });
        requestUntilPlanned(FIRST, 1);

        await(onEventLoop(executions::drain));
        request(SECOND);
        awaitDelivery();

        assertEquals(List.of(FIRST), planned);
    }

    private RemoteExecutions start(int limit, RemoteExecutionPlan.Planner planner) throws Exception {
        RemoteExecutions executions = new RemoteExecutions(vertx, "node", limit, request -> {
            planned.add(request);
            return planner.plan(request);
        });
        await(onEventLoop(executions::start));
        return executions;
    }

    /** A step on the one event loop of this test. */
    private interface Step {
        Future<Void> run();
    }

    private Future<Void> onEventLoop(Step step) {
        return Future.future(done -> loop.runOnContext(here -> step.run().onComplete(done)));
    }

    /** Returns when the messages that were sent so far have been handled: the event loop runs in order. */
    private void awaitDelivery() throws Exception {
        await(onEventLoop(Future::succeededFuture));
    }

    private void request(HelpRequest request) {
        vertx.eventBus().send(Addresses.helper("node"), request, BusMessageCodec.options());
    }

    /** Requests help as an owner does, again and again. */
    private void requestUntilPlanned(HelpRequest request, int times) throws Exception {
        Waiting.until("the request is planned", () -> {
            request(request);
            return planned.stream().filter(request::equals).count() >= times;
        });
    }

    private static void awaitRelease(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
