package dev.juggler.model;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.HelperCommand;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerLeaving;
import dev.juggler.bus.BusMessageCodec;
import dev.juggler.bus.WireException;
import dev.juggler.cluster.Membership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers of this node together with those of other nodes, which it calls for help once a second while the job runs. So a
 * node that comes in the middle helps soon, and a call that was lost is made again. A node that helps has a {@link RemoteExecution}
 * for the job, whose workers say that they are alive; the coordinator takes them for what workers in another JVM are.
 */
final class ClusterWorkerPool implements WorkerPool {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWorkerPool.class);
    private static final DeliveryOptions HERE = BusMessageCodec.options().setLocalOnly(true);
    private static final DeliveryOptions ANYWHERE = BusMessageCodec.options();

    /** A job that is over by then is not worth the help. */
    private static final long FIRST_CALL_MILLIS = 100;

    private static final long CALL_MILLIS = 1_000;

    private final Vertx vertx;
    private final EventBus bus;
    private final WorkerPool own;
    private final ClusterSharing sharing;
    private final Listener listener;
    private final String coordinator;
    private final String run;
    private Future<Void> opened;
    private MessageConsumer<BusMessage> arrivals;
    private Runnable endMembership = () -> {};
    private volatile boolean draining;
    private volatile boolean ended;

    /**
     * A pool that nobody was called for yet.
     *
     * @param own the workers of this node
     * @param job the name of the job on the bus of this JVM
     * @param listener hears of nodes that are lost
     */
    ClusterWorkerPool(Vertx vertx, WorkerPool own, ClusterSharing sharing, String job, Listener listener) {
        this.vertx = vertx;
        this.bus = vertx.eventBus();
        this.own = own;
        this.sharing = sharing;
        this.listener = listener;
        this.coordinator = Addresses.coordinator(job);
        this.run = sharing.call().run();
    }

    @Override
    public Future<Vertx> open() {
        return own.open();
    }

    @Override
    public Future<Void> deploy(int concurrency) {
        return own.deploy(concurrency).compose(deployed -> listen());
    }

    /** Hears of helpers from now on, and calls for them. */
    private synchronized Future<Void> listen() {
        if (opened == null) {
            endMembership = sharing.members().listen(new Members());
            arrivals = bus.consumer(Addresses.coordinator(run), this::hear);
            opened = arrivals.completion().onSuccess(ready -> callIn(FIRST_CALL_MILLIS));
        }
        return opened;
    }

    private void callIn(long millis) {
        vertx.setTimer(millis, timer -> {
            if (!ended) {
                sharing.members().nodes().forEach(this::call);
                callIn(CALL_MILLIS);
            }
        });
    }

    /** Those that help take it for a sign of life; nobody else is wanted once no more tasks are begun. */
    private void call(String node) {
        boolean wanted = draining ? sharing.helps(node) : sharing.wants(node);
        if (wanted && !node.equals(sharing.members().self())) {
            bus.send(Addresses.helper(node), sharing.call(), ANYWHERE);
        }
    }

    private void hear(Message<BusMessage> message) {
        try {
            switch (message.body()) {
                case BatchReplies answers -> bus.send(coordinator, answers, HERE);
                case WorkerHeartbeat alive -> admit(alive);
                case WorkerLeaving leaving -> {
                    sharing.left(leaving.worker().node());
                    bus.request(coordinator, leaving, HERE).onComplete(told -> message.reply(null));
                }
                default -> LOG.warn("what a helper of job {} said makes no sense here", run);
            }
        } catch (WireException e) {
            LOG.warn("what a helper of job {} said cannot be read: {}", run, e.getMessage());
        }
    }

    private void admit(WorkerHeartbeat alive) {
        if (alive.worker().remote() && sharing.admit(alive.worker().node())) {
            bus.send(coordinator, alive, HERE);
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
        own.forget(worker);
    }

    @Override
    public Future<Void> deployAnother() {
        return own.deployAnother();
    }

    @Override
    public void drain() {
        draining = true;
        own.drain();
        tell(HelperCommand.Kind.DRAIN, "");
    }

    @Override
    public Duration cancel(String reason) {
        draining = true;
        tell(HelperCommand.Kind.CANCEL, reason);
        return own.cancel(reason);
    }

    private void tell(HelperCommand.Kind kind, String why) {
        bus.publish(Addresses.crew(run), new HelperCommand(kind, why), ANYWHERE);
    }

    @Override
    public Future<Void> undeploy() {
        ended = true;
        tell(HelperCommand.Kind.END, "");
        // A task that another node has done too may still run here.
        own.cancel("another node has done it");
        return own.undeploy().eventually(this::unlisten);
    }

    private synchronized Future<Void> unlisten() {
        endMembership.run();
        return arrivals == null ? Future.succeededFuture() : arrivals.unregister();
    }

    @Override
    public Future<Void> close() {
        return own.close();
    }
}
