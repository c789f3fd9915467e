package dev.juggler.node.remote;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.bus.WireException;
import dev.juggler.client.JobServiceException;
import dev.juggler.node.settings.BlockingCalls;
import dev.juggler.node.settings.RejectedRequestException;
import dev.juggler.work.InvalidWorkException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of other nodes that this node runs tasks of. Their owners request help once a second; this node looks each
 * job up in the shared data, and plans it by its own settings. Confined to the event loop that it is started on.
 */
public final class RemoteExecutions {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteExecutions.class);
    private static final long CHECK_MILLIS = 1_000;

    /** After this many checks without a request the owner is dead, or no longer needs this node. */
    private static final int MAX_SILENT_CHECKS = 10;

    /** Maximum number of rejected jobs remembered, so that each is tried and logged once. */
    private static final int MAX_REJECTED = 1_000;

    private final Vertx vertx;
    private final BlockingCalls blocking;
    private final String node;
    private final int limit;
    private final RemoteExecutionPlan.Planner planner;
    private final Map<HelpRequest, Running> running = new HashMap<>();
    private final LinkedHashSet<String> rejected = new LinkedHashSet<>();
    private boolean draining;

    /** An execution that runs or is being started. */
    private static final class Running {
        private final Future<RemoteExecution> execution;
        private int silentChecks;

        private Running(Future<RemoteExecution> execution) {
            this.execution = execution;
        }

        void end() {
            execution.onSuccess(RemoteExecution::end);
        }
    }

    /** Creates the executions on {@code node}, at most {@code limit} at a time. */
    public RemoteExecutions(Vertx vertx, String node, int limit, RemoteExecutionPlan.Planner planner) {
        this.vertx = vertx;
        this.blocking = new BlockingCalls(vertx);
        this.node = node;
        this.limit = limit;
        this.planner = planner;
    }

    /** Starts; completes when this node receives requests for help. */
    public Future<Void> start() {
        vertx.setPeriodic(CHECK_MILLIS, timer -> endSilent());
        return vertx.eventBus()
                .<HelpRequest>consumer(Addresses.helper(node), this::receive)
                .completion();
    }

    private void receive(Message<HelpRequest> message) {
        try {
            accept(message.body());
        } catch (WireException e) {
            LOG.warn("cannot read a request for help: {}", e.getMessage());
        }
    }

    private void accept(HelpRequest request) {
        Running known = running.get(request);
        if (known != null) {
            known.silentChecks = 0;
        } else if (!draining && running.size() < limit && !rejected.contains(request.run())) {
            Promise<RemoteExecution> execution = Promise.promise();
            // Before the start, which may fail before it returns.
            running.put(request, new Running(execution.future()));
            startExecution(request)
                    .onSuccess(started -> started(request, started))
                    .onFailure(failure -> failed(request, failure))
                    .onComplete(execution);
        }
    }

    private Future<RemoteExecution> startExecution(HelpRequest request) {
        return blocking.callDetached(() -> planner.plan(request))
                .compose(plan -> blocking.callDetached(
                        () -> RemoteExecution.start(vertx, request, plan.job(), plan.work(), node)))
                .compose(started -> started);
    }

    private void started(HelpRequest request, RemoteExecution execution) {
        LOG.info("running tasks of job {} of node {}", request.job(), request.owner());
        execution.over().onComplete(over -> vertx.runOnContext(here -> running.remove(request)));
        if (draining) {
            execution.leave();
        }
    }

    /** Leaves the job to other nodes; its owner accounts for it. */
    private void failed(HelpRequest request, Throwable failure) {
        running.remove(request);
        if (isLasting(failure)) {
            rejected.add(request.run());
            if (rejected.size() > MAX_REJECTED) {
                rejected.removeFirst();
            }
        }
        LOG.warn("cannot run tasks of job {} of node {}: {}", request.job(), request.owner(), failure.getMessage());
    }

    /** Returns whether the next request would fail in the same way. */
    private static boolean isLasting(Throwable failure) {
        return failure instanceof RejectedRequestException rejection
                ? rejection.code() == JobServiceException.BAD_REQUEST
                : failure instanceof InvalidWorkException || failure instanceof IllegalArgumentException;
    }

    private void endSilent() {
        for (Map.Entry<HelpRequest, Running> each : List.copyOf(running.entrySet())) {
            if (++each.getValue().silentChecks > MAX_SILENT_CHECKS) {
                LOG.warn(
                        "node {} no longer requests help for job {}: its tasks here are cancelled",
                        each.getKey().owner(),
                        each.getKey().job());
                each.getValue().end();
            }
        }
    }

    /** Ends the executions for a node that left the cluster. */
    public void nodeLeft(String left) {
        running.forEach((request, each) -> {
            if (request.owner().equals(left)) {
                each.end();
            }
        });
    }

    /** Starts no more tasks of other nodes' jobs. Completes when the running ones have ended. */
    public Future<Void> drain() {
        draining = true;
        return Future.join(running.values().stream()
                        .map(each ->
                                each.execution.compose(RemoteExecution::leave).otherwiseEmpty())
                        .toList())
                .mapEmpty();
    }

    /** Cancels the running tasks; their owners run them elsewhere. */
    public void cancel() {
        running.values().forEach(each -> each.execution.onSuccess(RemoteExecution::cancel));
    }
}
