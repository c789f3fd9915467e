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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verticle that does single tasks for anyone on the event bus: JSON in, the outcome row as JSON out. Its
 * configuration says what may be asked of it; a request names one of the works it offers and an input.
 *
 * <p>It can be deployed on any kind of thread. On an event loop an instance does up to {@code concurrency} tasks at a
 * time; on a worker or virtual thread it does one, while up to {@code concurrency} requests wait, so more instances do
 * more. What comes beyond is refused at once.
 *
 * <p>Failures of a request are replies: 400 for one that is malformed, 404 for a work that is not offered, 503 when the
 * verticle is busy. A task that fails is an outcome like any other.
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
    private volatile MessageConsumer<Object> requests;

    /** Confined to the event loop that takes the requests. */
    private long served;

    private final AtomicInteger inFlight = new AtomicInteger();

    ServiceVerticle(String kind) {
        this.kind = kind;
    }

    /**
     * Makes the works ready that this configuration offers, each by the name a request asks for it. May block.
     *
     * @param into takes each as soon as it is ready, so that it is closed when a later one is wrong
     * @throws RuntimeException with a message for a person when the configuration is wrong
     */
    abstract void prepare(ServiceConfig config, Map<String, WorkProvider> into);

    /** The member of a request that names the work, or empty when there is just one. */
    abstract Optional<String> selector();

    /** The member of a request that holds the input. */
    abstract String inputMember();

    /** The input of a request as this kind of work takes it. */
    Input read(Input given) {
        return given;
    }

    /** Completes when requests are taken; fails when the configuration is wrong. */
    @Override
    public final Future<?> start() {
        ServiceConfig config = new ServiceConfig(kind, config());
        return vertx.executeBlocking(() -> prepare(config)).compose(ready -> listen());
    }

    /** Not on the event loop: it may compile a source, or make folders. */
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
                ? takeRequests()
                : vertx.deployVerticle(new Reception()).mapEmpty();
    }

    private Future<Void> takeRequests() {
        requests = vertx.eventBus().consumer(Addresses.service(kind), this::serve);
        return requests.completion();
    }

    /**
     * Takes the requests on an event loop, in place of a thread that may be busy: there they would queue without bound,
     * and none could be refused. It goes with the verticle that has deployed it.
     */
    private final class Reception extends VerticleBase {
        @Override
        public Future<?> start() {
            return takeRequests();
        }
    }

    private TaskRunner open(String name, WorkProvider work) {
        String worker = name.isEmpty() ? kind : kind + "-" + name;
        AttemptTimeouts patience = new AttemptTimeouts(timeout, work.grace());
        Context here = Vertx.currentContext();
        if (here.isEventLoopContext()) {
            return TaskRunners.async(worker, work, patience, vertx);
        }
        return here.threadingModel() == ThreadingModel.VIRTUAL_THREAD
                ? TaskRunners.blockingShared(worker, work, patience)
                : TaskRunners.blocking(worker, work, patience);
    }

    private void serve(Message<Object> message) {
        try {
            ServiceRequest request = ServiceRequest.parse(message.body(), selector(), inputMember());
            TaskRunner runner = runners.get(request.work());
            if (runner == null) {
                message.fail(NOT_FOUND, kind + " here offers no '" + request.work() + "'");
            } else if (inFlight.get() >= concurrency) {
                message.fail(BUSY, kind + " here has " + inFlight + " tasks in flight: try again later");
            } else {
                begin(runner, new Task(served++, read(request.input())), message);
            }
        } catch (IllegalArgumentException e) {
            message.fail(BAD_REQUEST, e.getMessage());
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
        TaskBatch one = new TaskBatch(List.of(task), 1, EpochMicros.micros(), 0);
        runner.run(one, (BatchOutcome batch) -> {
            inFlight.decrementAndGet();
            for (Outcome outcome : batch.outcomes()) {
                message.reply(new JsonObject(OutcomeJson.of(kind, outcome)));
            }
            batch.returned().forEach(back -> message.fail(BUSY, kind + " here is stuck in another task: try again"));
            if (batch.workerLost() && replaced.compareAndSet(false, true)) {
                replaceMyself();
            }
        });
    }

    /**
     * This instance is stuck in a task that does not end; another takes its place. Called on the watchdog's thread;
     * nothing here may wait for the context that is stuck.
     */
    private void replaceMyself() {
        requests.unregister();
        DeploymentOptions same =
                new DeploymentOptions().setConfig(context.config()).setThreadingModel(context.threadingModel());
        vertx.deployVerticle(getClass().getName(), same)
                .onFailure(failure -> LOG.error("{} is stuck and could not be replaced", kind, failure));
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
