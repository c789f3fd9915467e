package dev.juggler.node.remote;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.bus.BusMessage.HelperCommand;
import dev.juggler.bus.WireException;
import dev.juggler.job.Job;
import dev.juggler.model.RemoteWorkers;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers that a node runs for another node's job. It obeys the commands that the owner sends to all helpers; see
 * {@link ClusterWorkerPool} for that side. Its methods may be called from any thread.
 */
public final class RemoteExecution {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteExecution.class);

    /** The time beyond its work's grace that an end may take. */
    private static final long LAST_MILLIS = 2_000;

    /** Outlives the workers, on whose contexts nothing completes any more once they are undeployed. */
    private final Context home;

    private final HelpRequest request;
    private final WorkProvider work;
    private final RemoteWorkers workers;
    private final MessageConsumer<HelperCommand> commands;
    private final Promise<Void> over = Promise.promise();
    private boolean ending;

    private RemoteExecution(Vertx vertx, HelpRequest request, Job job, WorkProvider work, String node) {
        this.home = vertx.getOrCreateContext();
        this.request = request;
        this.work = work;
        this.workers = new RemoteWorkers(vertx, job, work, new RemoteWorkers.WorkerSite(request.run(), node, "", true));
        this.commands = vertx.eventBus().consumer(Addresses.helpers(request.run()), this::obey);
    }

    /**
     * Deploys workers for a job of another node.
     *
     * @param job the job within the limits of this node
     * @param work its work, ready; closed at the end
     * @param node this node's id in the cluster
     * @return completes when they take tasks; when it fails, everything is closed
     */
    public static Future<RemoteExecution> start(
            Vertx vertx, HelpRequest request, Job job, WorkProvider work, String node) {
        RemoteExecution helper = new RemoteExecution(vertx, request, job, work, node);
        return helper.commands
                .completion()
                .compose(listening -> helper.workers.deploy())
                .<RemoteExecution>map(deployed -> {
                    helper.workers.open();
                    return helper;
                })
                .recover(failure -> helper.end().transform(ended -> Future.failedFuture(failure)));
    }

    private void obey(Message<HelperCommand> message) {
        try {
            switch (message.body().kind()) {
                case DRAIN -> workers.drain();
                case CANCEL -> workers.cancel(message.body().why());
                case END -> end();
            }
        } catch (WireException e) {
            LOG.warn("ignored a command of the owner of job {}: {}", request.job(), e.getMessage());
        }
    }

    /** Completes, never with a failure, when it has ended. */
    public Future<Void> over() {
        return over.future();
    }

    /** Takes no more tasks, lets those that have begun end, then ends. Completes when it has ended. */
    public Future<Void> leave() {
        return workers.leave().eventually(this::end);
    }

    /** Ends the tasks that have begun; while {@link #leave} is under way they go back to be done elsewhere. */
    public void cancel() {
        workers.cancel("this node leaves");
    }

    /** Ends everything at once, since nobody waits for its tasks any more. Completes when it has ended. */
    public Future<Void> end() {
        if (isFirstEnd()) {
            workers.cancel("the job's owner does not wait for it any more");
            commands.unregister()
                    .eventually(workers::undeploy)
                    .timeout(work.grace().toMillis() + LAST_MILLIS, TimeUnit.MILLISECONDS)
                    .eventually(() -> home.executeBlocking(() -> {
                        work.close();
                        return null;
                    }))
                    .onFailure(failure -> LOG.warn("cannot clean up after helping with job {}", request.job(), failure))
                    .onComplete(ended -> over.complete());
        }
        return over.future();
    }

    private synchronized boolean isFirstEnd() {
        boolean first = !ending;
        ending = true;
        return first;
    }
}
