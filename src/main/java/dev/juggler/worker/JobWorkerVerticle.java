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
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One worker of one job: takes batches at an address of its own and tells its coordinator what came of them. Where that is
 * in another JVM, an {@link CoordinatorLinkVerticle} takes them for it.
 */
public final class JobWorkerVerticle extends VerticleBase {
    private static final DeliveryOptions HERE = BusMessageCodec.options().setLocalOnly(true);

    private final String job;
    private final String worker;
    private final int credit;
    private final Supplier<TaskRunner> opener;
    private volatile TaskRunner runner;
    private volatile Thread startedOn;
    private volatile MessageConsumer<TaskBatches> batches;

    /**
     * A worker that is not deployed yet.
     *
     * @param job the id of its job
     * @param worker its own id
     * @param credit how many batches it works on at a time
     * @param opener makes what does the tasks; called on the worker's context
     */
    public JobWorkerVerticle(String job, String worker, int credit, Supplier<TaskRunner> opener) {
        this.job = job;
        this.worker = worker;
        this.credit = credit;
        this.opener = opener;
    }

    @Override
    public Future<?> start() {
        startedOn = Thread.currentThread();
        runner = opener.get();
        return Future.succeededFuture();
    }

    /**
     * Takes batches from now on, and tells the coordinator so; not before it has been decided that it stays. Batches come
     * on the event loop this is called on, which is best the coordinator's.
     */
    public Future<Void> announce() {
        String coordinator = Addresses.coordinator(job);
        WorkerInbox inbox = inbox(answers -> vertx.eventBus().send(coordinator, answers, HERE));
        batches = vertx.eventBus()
                .localConsumer(
                        Addresses.worker(job, worker),
                        message -> inbox.put(message.body().all()));
        return batches.completion()
                .onSuccess(taken ->
                        vertx.eventBus().send(coordinator, new WorkerReady(worker, batches.address(), credit), HERE));
    }

    /** What holds its batches; its answers are passed on by {@code say}, on any thread. */
    WorkerInbox inbox(Consumer<BatchReplies> say) {
        return new WorkerInbox(vertx, context, runner, credit, say);
    }

    /** Its own id. */
    public String id() {
        return worker;
    }

    /** How many batches it works on at a time. */
    public int credit() {
        return credit;
    }

    /** The thread it was started on: its event loop, when it has one. */
    public Thread thread() {
        return startedOn;
    }

    /** Begins no more tasks: see {@link TaskRunner#drain}. Called from any thread. */
    public void drain() {
        TaskRunner opened = runner;
        if (opened != null) {
            opened.drain();
        }
    }

    /** Ends what it is doing: see {@link TaskRunner#cancel}. Called from any thread. */
    public void cancel(String reason) {
        TaskRunner opened = runner;
        if (opened != null) {
            opened.cancel(reason);
        }
    }

    @Override
    public Future<?> stop() {
        if (runner != null) {
            runner.close();
        }
        return batches == null ? Future.succeededFuture() : batches.unregister();
    }
}
