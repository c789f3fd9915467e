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
 * The workers that a node runs for another node's job. It executes the commands that the owner sends to all helpers;
 * see {@link ClusterWorkerPool} for that side. Thread-safe.
 */
public final class RemoteExecution {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteExecution.class);

    /** Time that an end may take in addition to the grace of its work. */
    private static final long END_MILLIS = 2_000;

    /** Outlives the workers: nothing completes on their contexts once they are undeployed. */
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
        this.commands = vertx.eventBus().consumer(Addresses.helpers(request.run()), this::execute);
    }

    /**
     * Deploys workers for a job of another node.
     *
     * @param job the job within the limits of this node
     * @param work its prepared work; closed at the end
     * @param node this node's id in the cluster
     * @return completes when they accept tasks; when it fails, everything is closed
     */
    public static Future<RemoteExecution> start(
            Vertx vertx, HelpRequest request, Job job, WorkProvider work, String node) {
        RemoteExecution execution = new RemoteExecution(vertx, request, job, work, node);
        return execution
                .commands
                .completion()
                .compose(listening -> execution.workers.deploy())
                .<RemoteExecution>map(deployed -> {
                    execution.workers.open();
                    return execution;
                })
                .recover(failure -> execution.end().transform(ended -> Future.failedFuture(failure)));
    }

    private void execute(Message<HelperCommand> message) {
        try {
            switch (message.body().kind()) {
                case DRAIN -> workers.drain();
                case CANCEL -> workers.cancel(message.body().why());
                case END -> end();
            }
        } catch (WireException e) {
            LOG.warn("ignored a command from the owner of job {}: {}", request.job(), e.getMessage());
        }
    }

    /** Returns a future that completes when it has ended, and never fails. */
    public Future<Void> over() {
        return over.future();
    }

    /** Accepts no more tasks, lets running ones end, then ends. Completes when it has ended. */
    public Future<Void> leave() {
        return workers.leave().eventually(this::end);
    }

    /** Cancels running tasks; during {@link #leave} they are returned to run elsewhere. */
    public void cancel() {
        workers.cancel("this node leaves");
    }

    /** Ends everything at once, since its tasks are no longer needed. Completes when it has ended. */
    public Future<Void> end() {
        if (isFirstEnd()) {
            workers.cancel("the job's owner no longer needs it");
            commands.unregister()
                    .eventually(workers::undeploy)
                    .timeout(work.grace().toMillis() + END_MILLIS, TimeUnit.MILLISECONDS)
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
