package dev.juggler.worker;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.TaskBatches;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.bus.BusMessageCodec;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One worker of one job, which receives batches at an address of its own and sends their outcomes to the coordinator.
 * When the coordinator is in another JVM, a {@link CoordinatorLinkVerticle} does the messaging for it.
 */
public final class JobWorkerVerticle extends VerticleBase {
    private static final DeliveryOptions LOCAL_ONLY = BusMessageCodec.options().setLocalOnly(true);

    private final String job;
    private final String worker;
    private final int credit;
    private final Supplier<TaskRunner> runnerFactory;
    private volatile @Nullable TaskRunner runner;
    private volatile @Nullable Thread thread;
    private volatile @Nullable MessageConsumer<TaskBatches> batches;

    /**
     * Creates a worker. Its runner is created when it is deployed.
     *
     * @param job the id of its job
     * @param worker its own id
     * @param credit the number of batches it runs at a time
     * @param runnerFactory creates the runner; called on the worker's context
     */
    public JobWorkerVerticle(String job, String worker, int credit, Supplier<TaskRunner> runnerFactory) {
        this.job = job;
        this.worker = worker;
        this.credit = credit;
        this.runnerFactory = runnerFactory;
    }

    @Override
    public Future<?> start() {
        thread = Thread.currentThread();
        runner = runnerFactory.get();
        return Future.succeededFuture();
    }

    /**
     * Receives batches from now on, and announces the worker to the coordinator. A separate step from deployment, since
     * the caller may still discard the worker. Batches arrive on the event loop this is called on, preferably the
     * coordinator's.
     *
     * @return completes when the worker's address is registered
     */
    public Future<Void> announce() {
        String coordinator = Addresses.coordinator(job);
        WorkerInbox inbox = inbox(replies -> vertx.eventBus().send(coordinator, replies, LOCAL_ONLY));
        MessageConsumer<TaskBatches> consumer = vertx.eventBus()
                .localConsumer(
                        Addresses.worker(job, worker),
                        message -> inbox.put(message.body().all()));
        batches = consumer;
        return consumer.completion()
                .onSuccess(registered -> vertx.eventBus()
                        .send(coordinator, new WorkerReady(worker, consumer.address(), credit), LOCAL_ONLY));
    }

    /** Creates the inbox of this deployed worker, which passes replies to {@code sender} on any thread. */
    WorkerInbox inbox(Consumer<BatchReplies> sender) {
        TaskRunner deployed = Objects.requireNonNull(runner, "the worker is not deployed");
        return new WorkerInbox(vertx, context, deployed, credit, sender);
    }

    /** Returns the worker's id. */
    public String id() {
        return worker;
    }

    /** Returns the number of batches the worker runs at a time. */
    public int credit() {
        return credit;
    }

    /** Returns the thread the worker was started on, null before deployment. On an event loop, that loop's thread. */
    public @Nullable Thread thread() {
        return thread;
    }

    /** Starts no more tasks; see {@link TaskRunner#drain}. Does nothing before deployment. Called from any thread. */
    public void drain() {
        TaskRunner current = runner;
        if (current != null) {
            current.drain();
        }
    }

    /** Cancels running tasks; see {@link TaskRunner#cancel}. Does nothing before deployment. Called from any thread. */
    public void cancel(String reason) {
        TaskRunner current = runner;
        if (current != null) {
            current.cancel(reason);
        }
    }

    @Override
    public Future<?> stop() {
        TaskRunner current = runner;
        if (current != null) {
            current.close();
        }
        MessageConsumer<TaskBatches> consumer = batches;
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }
}
