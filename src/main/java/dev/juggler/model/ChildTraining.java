package dev.juggler.model;

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

/** Plays parent and child in one JVM, so that the AOT cache that is being made holds what a child needs to start. */
public final class ChildTraining {
    private static final String NAME = "rehearsal";
    private static final int BATCHES = 200;
    private static final int TASKS = 100;

    private ChildTraining() {}

    /** Does some batches of a child's; completes when both have left their cluster. */
    public static Future<Void> run() {
        return Cluster.join(
                        JobVertxOptions.options().setEventLoopPoolSize(2),
                        ClusterSettings.onLoopback(
                                NAME + "-" + ProcessHandle.current().pid(), 0))
                .compose(parent -> play(parent).eventually(parent::leave));
    }

    private static Future<Void> play(Cluster parent) {
        BusMessageCodec.register(parent.vertx().eventBus());
        Promise<Void> played = Promise.promise();
        AtomicReference<String> worker = new AtomicReference<>();
        parent.vertx().eventBus().<BusMessage>consumer(Addresses.coordinator(NAME), message -> {
            switch (message.body()) {
                case WorkerHeartbeat alive
                when worker.compareAndSet(null, alive.worker().address()) -> send(parent, worker.get(), BATCHES);
                case BatchReplies answers -> {
                    long last = answers.all().getLast().flight();
                    if (last == 0) {
                        played.tryComplete();
                    } else {
                        send(parent, worker.get(), last - 1);
                    }
                }
                default -> {}
            }
        });
        ChildWorkers child = new ChildWorkers(order(parent));
        return child.start()
                .onSuccess(ready -> child.open())
                .compose(ready -> played.future())
                .eventually(child::leave);
    }

    private static ChildAssignment order(Cluster parent) {
        WorkSpec work = new WorkSpec.ComputeSpec("square", Optional.empty(), List.of());
        Job job = Job.builder(NAME, work).model(ConcurrencyModel.PROCESSES, 1).build();
        return new ChildAssignment(
                "processes-0",
                parent.hazelcast().getConfig().getClusterName(),
                parent.address(),
                ProcessHandle.current().pid(),
                "",
                job,
                List.of());
    }

    private static void send(Cluster parent, String address, long left) {
        List<Task> tasks = LongStream.range(0, TASKS)
                .mapToObj(i -> new Task(i, new Input.Whole(i)))
                .toList();
        TaskBatches batches = new TaskBatches(List.of(new TaskBatch(left, tasks, 1, 0, 0)));
        parent.vertx().eventBus().send(address, batches, BusMessageCodec.options());
    }
}
