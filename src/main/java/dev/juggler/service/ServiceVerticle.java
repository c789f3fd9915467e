package dev.juggler.service;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.EpochMicros;
import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.AttemptTimeouts;
import dev.juggler.worker.TaskRunner;
import dev.juggler.worker.TaskRunners;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verticle that runs single tasks for any client on the event bus. Requests and replies are JSON; a reply is the
 * outcome row. The configuration defines the works it offers; a request names one of them and an input.
 *
 * <p>It can be deployed with any threading model. On an event loop, an instance runs up to {@code concurrency} tasks at
 * a time. On a worker or virtual thread it runs one, and has up to {@code concurrency} requests in flight; deploy more
 * instances to run more. Further requests are rejected at once.
 *
 * <p>A rejected request gets a failure reply: 400 if it is malformed, 404 if the work is not offered, 503 if the
 * verticle is busy. A failed task is an outcome like any other.
 */
public abstract sealed class ServiceVerticle extends VerticleBase permits FetchVerticle, ComputeVerticle, ExecVerticle {
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int BUSY = 503;
    private static final int DEFAULT_CONCURRENCY = 64;
    private static final Logger LOG = LoggerFactory.getLogger(ServiceVerticle.class);

    private final String kind;
    private final Map<String, TaskRunner> runners = new HashMap<>();
    private final Map<String, WorkProvider> works = new HashMap<>();
    private final AtomicBoolean replaced = new AtomicBoolean();
    private Optional<Duration> timeout = Optional.empty();
    private int concurrency;
    private volatile @Nullable MessageConsumer<Object> requests;

    /** The index of the next task. Confined to the event loop that receives the requests. */
    private long nextIndex;

    private final AtomicInteger inFlight = new AtomicInteger();

    ServiceVerticle(String kind) {
        this.kind = kind;
    }

    /**
     * Prepares the works that the configuration offers. May block.
     *
     * @param providers receives each work by the name that requests use, as soon as it is ready, so that it is closed
     *     if a later one is invalid
     * @throws RuntimeException with a message for the user if the configuration is invalid
     */
    abstract void prepare(ServiceConfig config, Map<String, WorkProvider> providers);

    /** Returns the member of a request that names the work; empty if there is only one. */
    abstract Optional<String> selector();

    /** Returns the member of a request that holds the input. */
    abstract String inputMember();

    /** Converts the input of a request to the form that this kind of work accepts. */
    Input convertInput(Input input) {
        return input;
    }

    /** Completes when the verticle accepts requests; fails if the configuration is invalid. */
    @Override
    public final Future<?> start() {
        ServiceConfig config = new ServiceConfig(kind, config());
        return vertx.executeBlocking(() -> prepare(config)).compose(ready -> listen());
    }

    /** Runs off the event loop, since it may compile a source or create folders. */
    private Void prepare(ServiceConfig config) {
        try {
            timeout = config.optionalDuration("timeout");
            concurrency = config.optionalInt("concurrency", DEFAULT_CONCURRENCY);
            prepare(config, works);
            config.checkAllRead();
            return null;
        } catch (RuntimeException e) {
            works.values().forEach(WorkProvider::close);
            throw e;
        }
    }

    private Future<Void> listen() {
        works.forEach((name, work) -> runners.put(name, open(name, work)));
        return context.isEventLoopContext()
                ? receiveRequests()
                : vertx.deployVerticle(new RequestReceiver()).mapEmpty();
    }

    private Future<Void> receiveRequests() {
        MessageConsumer<Object> consumer = vertx.eventBus().consumer(Addresses.service(kind), this::serve);
        requests = consumer;
        return consumer.completion();
    }

    /**
     * Receives the requests on an event loop instead of a thread that may be busy, where they would queue without bound
     * and could not be rejected. It is undeployed with the verticle that deployed it.
     */
    private final class RequestReceiver extends VerticleBase {
        @Override
        public Future<?> start() {
            return receiveRequests();
        }
    }

    private TaskRunner open(String name, WorkProvider work) {
        String worker = name.isEmpty() ? kind : kind + "-" + name;
        AttemptTimeouts timeouts = new AttemptTimeouts(timeout, work.grace());
        Context current = Vertx.currentContext();
        if (current.isEventLoopContext()) {
            return TaskRunners.async(worker, work, timeouts, vertx);
        }
        return current.threadingModel() == ThreadingModel.VIRTUAL_THREAD
                ? TaskRunners.blockingShared(worker, work, timeouts)
                : TaskRunners.blocking(worker, work, timeouts);
    }

    private void serve(Message<Object> message) {
        try {
            ServiceRequest request = ServiceRequest.parse(message.body(), selector(), inputMember());
            TaskRunner runner = runners.get(request.work());
            if (runner == null) {
                message.fail(NOT_FOUND, kind + " service offers no '" + request.work() + "'");
            } else if (inFlight.get() >= concurrency) {
                message.fail(BUSY, kind + " service has " + inFlight + " tasks in flight; retry later");
            } else {
                begin(runner, new Task(nextIndex++, convertInput(request.input())), message);
            }
        } catch (IllegalArgumentException e) {
            message.fail(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private void begin(TaskRunner runner, Task task, Message<Object> message) {
        inFlight.incrementAndGet();
        if (context.isEventLoopContext()) {
            run(runner, task, message);
        } else {
            context.runOnContext(ignored -> run(runner, task, message));
        }
    }

    private void run(TaskRunner runner, Task task, Message<Object> message) {
        TaskBatch batch = new TaskBatch(List.of(task), 1, EpochMicros.micros(), 0);
        runner.run(batch, (BatchOutcome batchOutcome) -> {
            inFlight.decrementAndGet();
            for (Outcome outcome : batchOutcome.outcomes()) {
                message.reply(new JsonObject(OutcomeJson.of(kind, outcome)));
            }
            batchOutcome
                    .returned()
                    .forEach(returned -> message.fail(BUSY, kind + " service is stuck in another task; retry"));
            if (batchOutcome.workerLost() && replaced.compareAndSet(false, true)) {
                deployReplacement();
            }
        });
    }

    /**
     * Deploys another instance in place of this one, which is stuck in a task that does not end. Called on the
     * watchdog's thread. Must not wait for the stuck context.
     */
    private void deployReplacement() {
        MessageConsumer<Object> consumer = requests;
        if (consumer != null) {
            consumer.unregister();
        }
        DeploymentOptions options =
                new DeploymentOptions().setConfig(context.config()).setThreadingModel(context.threadingModel());
        vertx.deployVerticle(getClass().getName(), options)
                .onFailure(failure ->
                        LOG.error("cannot replace the {} verticle, which is stuck in a task", kind, failure));
    }

    @Override
    public final Future<?> stop() {
        runners.values().forEach(TaskRunner::close);
        return vertx.executeBlocking(() -> {
            works.values().forEach(WorkProvider::close);
            return null;
        });
    }
}
