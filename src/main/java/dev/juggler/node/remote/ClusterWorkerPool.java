package dev.juggler.node.remote;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.HelperCommand;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerLeaving;
import dev.juggler.bus.BusMessageCodec;
import dev.juggler.bus.WireException;
import dev.juggler.cluster.Membership;
import dev.juggler.model.LocalWorkers;
import dev.juggler.model.WorkerPool;
import dev.juggler.model.WorkerPoolRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of this node together with those of other nodes. While the job runs it asks the other nodes for help once
 * a second, so a node that joins later helps soon, and a lost request is repeated. A node that helps has a
 * {@link RemoteExecution} for the job; the coordinator treats its workers as it treats any worker in another JVM.
 */
final class ClusterWorkerPool implements WorkerPool {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWorkerPool.class);
    private static final DeliveryOptions HERE = BusMessageCodec.options().setLocalOnly(true);
    private static final DeliveryOptions ANYWHERE = BusMessageCodec.options();

    /** Delay before the first request: a job that ends sooner needs no help. */
    private static final long FIRST_REQUEST_MILLIS = 100;

    private static final long REQUEST_MILLIS = 1_000;

    private final Vertx vertx;
    private final EventBus bus;
    private final WorkerPool local;
    private final ClusterSharing sharing;
    private final Listener listener;
    private final String coordinator;
    private final String run;
    private @Nullable Future<Void> opened;
    private @Nullable MessageConsumer<BusMessage> arrivals;
    private Runnable endMembership = () -> {};
    private volatile boolean draining;
    private volatile boolean ended;

    /** Creates a pool that has asked no node for help yet. The request's listener is notified of lost nodes. */
    ClusterWorkerPool(WorkerPoolRequest request, ClusterSharing sharing) {
        this.vertx = request.vertx();
        this.bus = vertx.eventBus();
        this.local = new LocalWorkers(request);
        this.sharing = sharing;
        this.listener = request.listener();
        this.coordinator = Addresses.coordinator(request.job().id());
        this.run = sharing.request().run();
    }

    @Override
    public Future<Vertx> open() {
        return local.open();
    }

    @Override
    public Future<Void> deploy(int concurrency) {
        return local.deploy(concurrency).compose(deployed -> listen());
    }

    /** Listens to helpers from now on, and requests help. */
    private synchronized Future<Void> listen() {
        Future<Void> listening = opened;
        if (listening == null) {
            endMembership = sharing.members().listen(new Members());
            MessageConsumer<BusMessage> consumer = bus.consumer(Addresses.coordinator(run), this::receive);
            listening = consumer.completion().onSuccess(ready -> requestIn(FIRST_REQUEST_MILLIS));
            arrivals = consumer;
            opened = listening;
        }
        return listening;
    }

    private void requestIn(long millis) {
        vertx.setTimer(millis, timer -> {
            if (!ended) {
                sharing.members().nodes().forEach(this::request);
                requestIn(REQUEST_MILLIS);
            }
        });
    }

    /** Requests help; helpers also treat this as a heartbeat. No new ones are requested once no more tasks start. */
    private void request(String node) {
        boolean wanted = draining ? sharing.helps(node) : sharing.wants(node);
        if (wanted && !node.equals(sharing.members().self())) {
            bus.send(Addresses.helper(node), sharing.request(), ANYWHERE);
        }
    }

    private void receive(Message<BusMessage> message) {
        try {
            switch (message.body()) {
                case BatchReplies replies -> bus.send(coordinator, replies, HERE);
                case WorkerHeartbeat heartbeat -> admit(heartbeat);
                case WorkerLeaving leaving -> {
                    sharing.left(leaving.worker().node());
                    bus.request(coordinator, leaving, HERE).onComplete(delivered -> message.reply(null));
                }
                default -> LOG.warn("ignored a message from a helper of job {}: it is not for the job's owner", run);
            }
        } catch (WireException e) {
            LOG.warn("ignored a message from a helper of job {}: {}", run, e.getMessage());
        }
    }

    private void admit(WorkerHeartbeat heartbeat) {
        if (heartbeat.worker().remote() && sharing.admit(heartbeat.worker().node())) {
            bus.send(coordinator, heartbeat, HERE);
        }
    }

    private final class Members implements Membership.Listener {
        @Override
        public void left(String node) {
            sharing.left(node);
            listener.died(node, "node " + node + " has left the cluster");
        }
    }

    @Override
    public void forget(String worker) {
        local.forget(worker);
    }

    @Override
    public Future<Void> deployAnother() {
        return local.deployAnother();
    }

    @Override
    public void drain() {
        draining = true;
        local.drain();
        command(HelperCommand.Kind.DRAIN, "");
    }

    @Override
    public Duration cancel(String reason) {
        draining = true;
        command(HelperCommand.Kind.CANCEL, reason);
        return local.cancel(reason);
    }

    private void command(HelperCommand.Kind kind, String why) {
        bus.publish(Addresses.helpers(run), new HelperCommand(kind, why), ANYWHERE);
    }

    @Override
    public Future<Void> undeploy() {
        ended = true;
        command(HelperCommand.Kind.END, "");
        // A hedged task may still run here although another node has completed it.
        local.cancel("another node has completed it");
        return local.undeploy().eventually(this::unlisten);
    }

    private synchronized Future<Void> unlisten() {
        endMembership.run();
        return arrivals == null ? Future.succeededFuture() : arrivals.unregister();
    }

    @Override
    public Future<Void> close() {
        return local.close();
    }
}
