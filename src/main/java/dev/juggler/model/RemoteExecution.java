package dev.juggler.model;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.bus.BusMessage.HelperCommand;
import dev.juggler.bus.WireException;
import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node has of another's job with which it helps: workers, and an ear for what the owner wants of all helpers. See
 * {@link ClusterWorkerPool} for the other side. Its methods may be called from any thread.
 */
public final class RemoteExecution {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteExecution.class);

    /** How much longer than its work's grace an end may take. */
    private static final long LAST_MILLIS = 2_000;

    private final Vertx vertx;
    private final HelpRequest call;
    private final WorkProvider work;
    private final RemoteWorkers outpost;
    private final MessageConsumer<HelperCommand> orders;
    private final Promise<Void> over = Promise.promise();
    private boolean ending;

    private RemoteExecution(Vertx vertx, HelpRequest call, Job job, WorkProvider work, String node) {
        this.vertx = vertx;
        this.call = call;
        this.work = work;
        this.outpost = new RemoteWorkers(vertx, job, work, new RemoteWorkers.WorkerSite(call.run(), node, "", true));
        this.orders = vertx.eventBus().consumer(Addresses.crew(call.run()), this::obey);
    }

    /**
     * Deploys workers for a job of another node.
     *
     * @param job as this node does it
     * @param work its work, ready; closed at the end
     * @param node this node's id in the cluster
     * @return completes when they take tasks; when it fails, nothing is left of it
     */
    public static Future<RemoteExecution> start(
            Vertx vertx, HelpRequest call, Job job, WorkProvider work, String node) {
        RemoteExecution helper = new RemoteExecution(vertx, call, job, work, node);
        return helper.orders
                .completion()
                .compose(listening -> helper.outpost.deploy())
                .<RemoteExecution>map(deployed -> {
                    helper.outpost.open();
                    return helper;
                })
                .recover(failure -> helper.end().transform(ended -> Future.failedFuture(failure)));
    }

    private void obey(Message<HelperCommand> message) {
        try {
            switch (message.body().kind()) {
                case DRAIN -> outpost.drain();
                case CANCEL -> outpost.cancel(message.body().why());
                case END -> end();
            }
        } catch (WireException e) {
            LOG.warn("what the owner of job {} said cannot be read: {}", call.job(), e.getMessage());
        }
    }

    /** Completes when nothing is left of it. */
    public Future<Void> over() {
        return over.future();
    }

    /** Takes no more tasks, lets those that are begun end, then ends; completes when nothing is left. */
    public Future<Void> leave() {
        return outpost.leave().eventually(this::end);
    }

    /** Ends the tasks that are begun; while {@link #leave} is under way they go back to be done elsewhere. */
    public void cancel() {
        outpost.cancel("this node leaves");
    }

    /** Ends everything at once; nobody waits for its tasks any more. Completes when nothing is left. */
    public Future<Void> end() {
        if (begins()) {
            outpost.cancel("nobody waits for it any more");
            orders.unregister()
                    .eventually(outpost::undeploy)
                    .timeout(work.grace().toMillis() + LAST_MILLIS, TimeUnit.MILLISECONDS)
                    .eventually(() -> vertx.executeBlocking(() -> {
                        work.close();
                        return null;
                    }))
                    .onFailure(failure -> LOG.warn("helping with job {} ended badly", call.job(), failure))
                    .onComplete(ended -> over.complete());
        }
        return over.future();
    }

    private synchronized boolean begins() {
        boolean first = !ending;
        ending = true;
        return first;
    }
}
