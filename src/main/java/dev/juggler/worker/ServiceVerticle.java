package dev.juggler.worker;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.Clock;
import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import dev.juggler.work.WorkProvider;
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

/**
 * A verticle that does single tasks for anyone on the event bus: JSON in, the outcome row as JSON out. Its
 * configuration says what may be asked of it; a request names one of the works it offers and an input.
 *
 * <p>It can be deployed on any kind of thread. On a worker or virtual thread an instance does one task at a time, so
 * more instances do more; on an event loop it does up to {@code concurrency} and refuses what comes beyond.
 *
 * <p>Failures of a request are replies: 400 for one that is malformed, 404 for a work that is not offered, 503 when the
 * verticle is busy. A task that fails is an outcome like any other.
 */
public abstract sealed class ServiceVerticle extends VerticleBase permits FetchVerticle, ComputeVerticle, ExecVerticle {
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int BUSY = 503;
    private static final int DEFAULT_CONCURRENCY = 64;

    private final String kind;
    private final Map<String, TaskRunner> runners = new HashMap<>();
    private Map<String, WorkProvider> works = Map.of();
    private ServiceConfig config;
    private MessageConsumer<Object> requests;
    private long served;
    private int inFlight;

    ServiceVerticle(String kind) {
        this.kind = kind;
    }

    /**
     * The works this configuration offers, each by the name a request asks for it.
     *
     * @throws RuntimeException with a message for a person when the configuration is wrong
     */
    abstract Map<String, WorkProvider> works(ServiceConfig config);

    /** The member of a request that names the work, or empty when there is just one. */
    abstract Optional<String> selector();

    /** The member of a request that holds the input. */
    abstract String inputMember();

    /** Completes when requests are taken; fails when the configuration is wrong. */
    @Override
    public final Future<?> start() {
        try {
            config = new ServiceConfig(kind, config());
            works = works(config);
            config.optionalInt("concurrency", DEFAULT_CONCURRENCY);
            config.checkAllRead();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        works.forEach((name, work) -> runners.put(name, open(name, work)));
        requests = vertx.eventBus().consumer(Addresses.service(kind), this::serve);
        return requests.completion();
    }

    private TaskRunner open(String name, WorkProvider work) {
        String worker = kind + "-" + name;
        Optional<Duration> timeout = config.optionalDuration("timeout");
        Patience patience = new Patience(timeout, work.grace());
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
            } else if (inFlight >= config.optionalInt("concurrency", DEFAULT_CONCURRENCY)) {
                message.fail(BUSY, kind + " here has " + inFlight + " tasks in flight: try again later");
            } else {
                run(runner, request.input(), message);
            }
        } catch (IllegalArgumentException e) {
            message.fail(BAD_REQUEST, e.getMessage());
        }
    }

    private void run(TaskRunner runner, Input input, Message<Object> message) {
        inFlight++;
        TaskBatch one = new TaskBatch(List.of(new Task(served++, input)), 1, Clock.micros(), 0);
        runner.run(one, (BatchOutcome batch) -> {
            inFlight--;
            for (Outcome outcome : batch.outcomes()) {
                message.reply(new JsonObject(OutcomeJson.of(kind, outcome)));
            }
            if (batch.workerLost()) {
                replaceMyself();
            }
        });
    }

    /** This instance is stuck in a task that does not end; another takes its place. */
    private void replaceMyself() {
        DeploymentOptions same =
                new DeploymentOptions().setConfig(context.config()).setThreadingModel(context.threadingModel());
        requests.unregister().compose(gone -> vertx.deployVerticle(getClass().getName(), same));
    }

    @Override
    public final Future<?> stop() {
        runners.values().forEach(TaskRunner::close);
        works.values().forEach(WorkProvider::close);
        return Future.succeededFuture();
    }
}
