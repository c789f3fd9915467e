package dev.juggler.node;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.bus.WireException;
import dev.juggler.client.JobServiceException;
import dev.juggler.node.remote.RemoteExecution;
import dev.juggler.work.InvalidWorkException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of other nodes that this one helps with. An owner calls once a second; what it wants done is looked up in what
 * the nodes share, and is made into work by this node's own settings. Confined to the event loop it is started on.
 */
final class RemoteExecutions {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteExecutions.class);
    private static final long LOOK_MILLIS = 1_000;

    /** An owner that has not called for so many looks is gone, or does without this node. */
    private static final int SILENCE = 10;

    /** So many jobs that cannot be helped with are remembered, so that each is tried and told of once. */
    private static final int REMEMBERED = 1_000;

    private final Vertx vertx;
    private final BlockingCalls background;
    private final NodeSettings settings;
    private final Permissions permissions;
    private final SharedJobs shared;
    private final String node;
    private final Map<HelpRequest, HelpedJob> jobs = new HashMap<>();
    private final LinkedHashSet<String> refused = new LinkedHashSet<>();
    private boolean leaving;

    /** A job that is helped with, or is just being begun. */
    private static final class HelpedJob {
        private final Future<RemoteExecution> helper;
        private int silent;

        private HelpedJob(Future<RemoteExecution> helper) {
            this.helper = helper;
        }

        Future<Void> end() {
            return helper.compose(RemoteExecution::end).otherwiseEmpty();
        }
    }

    RemoteExecutions(Vertx vertx, NodeSettings settings, Permissions permissions, SharedJobs shared, String node) {
        this.vertx = vertx;
        this.background = new BlockingCalls(vertx);
        this.settings = settings;
        this.permissions = permissions;
        this.shared = shared;
        this.node = node;
    }

    /** Completes when calls are heard. */
    Future<Void> start() {
        vertx.setPeriodic(LOOK_MILLIS, timer -> look());
        return vertx.eventBus()
                .<HelpRequest>consumer(Addresses.helper(node), this::hear)
                .completion();
    }

    private void hear(Message<HelpRequest> message) {
        try {
            answer(message.body());
        } catch (WireException e) {
            LOG.warn("a call for help cannot be read: {}", e.getMessage());
        }
    }

    private void answer(HelpRequest call) {
        HelpedJob known = jobs.get(call);
        if (known != null) {
            known.silent = 0;
        } else if (!leaving && jobs.size() < settings.jobs().helping() && !refused.contains(call.run())) {
            jobs.put(call, new HelpedJob(begin(call)));
        }
    }

    private Future<RemoteExecution> begin(HelpRequest call) {
        return background
                .onThreadOfItsOwn(() -> RemoteExecutionPlan.of(
                        call, shared, permissions, settings.jobs().concurrency()))
                .compose(plan -> background.onThreadOfItsOwn(
                        () -> RemoteExecution.start(vertx, call, plan.job(), plan.work(), node)))
                .compose(started -> started)
                .onSuccess(helper -> began(call, helper))
                .onFailure(failure -> failed(call, failure));
    }

    private void began(HelpRequest call, RemoteExecution helper) {
        LOG.info("job {} of node {} is helped with", call.job(), call.owner());
        helper.over().onComplete(over -> vertx.runOnContext(here -> jobs.remove(call)));
        if (leaving) {
            helper.leave();
        }
    }

    /** What this node may not or cannot do others can; it is the owner who accounts for the job. */
    private void failed(HelpRequest call, Throwable failure) {
        jobs.remove(call);
        if (isLasting(failure)) {
            refused.add(call.run());
            if (refused.size() > REMEMBERED) {
                refused.removeFirst();
            }
        }
        LOG.warn("job {} of node {} is not helped with: {}", call.job(), call.owner(), failure.getMessage());
    }

    /** Whether it would be the same at the next call. */
    private static boolean isLasting(Throwable failure) {
        return failure instanceof RejectedRequestException refusal
                ? refusal.code() == JobServiceException.BAD_REQUEST
                : failure instanceof InvalidWorkException || failure instanceof IllegalArgumentException;
    }

    private void look() {
        for (Map.Entry<HelpRequest, HelpedJob> each : List.copyOf(jobs.entrySet())) {
            if (++each.getValue().silent > SILENCE) {
                LOG.warn(
                        "node {} calls no more for help with job {}",
                        each.getKey().owner(),
                        each.getKey().job());
                each.getValue().end();
            }
        }
    }

    /** What is done for a node that is gone nobody waits for. */
    void nodeLeft(String gone) {
        jobs.forEach((call, helped) -> {
            if (call.owner().equals(gone)) {
                helped.end();
            }
        });
    }

    /** Begins no more tasks of other nodes' jobs; completes when those that are begun have ended. */
    Future<Void> drain() {
        leaving = true;
        return Future.join(jobs.values().stream()
                        .map(each -> each.helper.compose(RemoteExecution::leave).otherwiseEmpty())
                        .toList())
                .mapEmpty();
    }

    /** Ends those that are begun: their owners have them done elsewhere. */
    void cancel() {
        jobs.values().forEach(each -> each.helper.onSuccess(RemoteExecution::cancel));
    }
}
