package dev.juggler.worker;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.WorkerReady;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One worker of one job: takes batches at an address of its own and replies what came of them. Where its coordinator is
 * in another JVM, an {@link IntakeVerticle} takes them for it.
 */
public final class JobWorkerVerticle extends VerticleBase {
    private final String job;
    private final String worker;
    private final int credit;
    private final Supplier<TaskRunner> opener;
    private volatile TaskRunner runner;
    private volatile Thread startedOn;
    private MessageConsumer<TaskBatch> batches;

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
        String address = Addresses.worker(job, worker);
        batches = vertx.eventBus().localConsumer(address, this::run);
        return batches.completion();
    }

    /** Tells the coordinator that this worker takes work; not before it has been decided that it stays. */
    public void announce() {
        vertx.eventBus()
                .send(Addresses.coordinator(job), new WorkerReady(worker, Addresses.worker(job, worker), credit));
    }

    /** Its own id. */
    public String id() {
        return worker;
    }

    /** How many batches it works on at a time. */
    public int credit() {
        return credit;
    }

    /** Does a batch that came another way than over this JVM's event bus; {@code done} as in {@link TaskRunner#run}. */
    void run(TaskBatch batch, Consumer<BatchOutcome> done) {
        context.runOnContext(ignored -> runner.run(batch, done));
    }

    /** The thread it was started on: its event loop, when it has one. */
    public Thread thread() {
        return startedOn;
    }

    private void run(Message<TaskBatch> message) {
        runner.run(message.body(), (BatchOutcome outcome) -> message.reply(outcome));
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
        return Future.succeededFuture();
    }
}
