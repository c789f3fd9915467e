package dev.juggler.model.processes;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.TaskBatches;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessageCodec;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Input;
import dev.juggler.job.Job;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.work.JobVertxOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs a parent and a child in one JVM, so that the AOT cache in training holds the classes of a child's start. */
public final class ChildTraining {
    private static final String NAME = "training";
    private static final int BATCHES = 200;
    private static final int TASKS = 100;

    private ChildTraining() {}

    /** Runs some batches as a child does. Completes when both have left their cluster. */
    public static Future<Void> run() {
        return Cluster.join(
                        JobVertxOptions.options().setEventLoopPoolSize(2),
                        ClusterSettings.onLoopback(
                                NAME + "-" + ProcessHandle.current().pid(), 0))
                .compose(parent -> runBatches(parent).eventually(parent::leave));
    }

    private static Future<Void> runBatches(Cluster parent) {
        BusMessageCodec.register(parent.vertx().eventBus());
        Promise<Void> completed = Promise.promise();
        AtomicReference<@Nullable String> worker = new AtomicReference<>();
        parent.vertx().eventBus().<BusMessage>consumer(Addresses.coordinator(NAME), message -> {
            switch (message.body()) {
                case WorkerHeartbeat alive -> {
                    String address = alive.worker().address();
                    if (worker.compareAndSet(null, address)) {
                        send(parent, address, BATCHES);
                    }
                }
                case BatchReplies replies -> {
                    long last = replies.all().getLast().flight();
                    String address = worker.get();
                    if (last == 0) {
                        completed.tryComplete();
                    } else if (address != null) {
                        send(parent, address, last - 1);
                    }
                }
                default -> {}
            }
        });
        ChildWorkers child = new ChildWorkers(assignment(parent));
        return child.start()
                .onSuccess(ready -> child.open())
                .compose(ready -> completed.future())
                .eventually(child::leave);
    }

    private static ChildAssignment assignment(Cluster parent) {
        WorkSpec work = new WorkSpec.ComputeSpec("square", Optional.empty(), List.of());
        Job job = Job.builder(NAME, work).model(ConcurrencyModel.PROCESSES, 1).build();
        return new ChildAssignment(
                "processes-0", parent.hazelcast().getConfig().getClusterName(), parent.address(), "", job, List.of());
    }

    private static void send(Cluster parent, String address, long left) {
        List<Task> tasks = LongStream.range(0, TASKS)
                .mapToObj(i -> new Task(i, new Input.Whole(i)))
                .toList();
        TaskBatches batches = new TaskBatches(List.of(new TaskBatch(left, tasks, 1, 0, 0)));
        parent.vertx().eventBus().send(address, batches, BusMessageCodec.options());
    }
}
