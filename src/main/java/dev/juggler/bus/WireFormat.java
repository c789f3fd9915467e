package dev.juggler.bus;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.bus.BusMessage.HelperCommand;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.TaskBatches;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerLeaving;
import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of {@link BusMessage}s between JVMs: a version, the kind of message, and its fields in their order. Compact,
 * since a message carries thousands of tasks; and nothing of Java's serialization, which would run what a sender likes.
 */
final class WireFormat {
    /** Goes up with every change of the format; JVMs of two versions do not understand each other. */
    static final int VERSION = 3;

    private static final int WORKER_READY = 1;
    private static final int TASK_BATCHES = 2;
    private static final int ANSWERS = 3;
    private static final int WORKER_ALIVE = 4;
    private static final int WORKER_LEAVING = 5;
    private static final int HELP_WANTED = 6;
    private static final int HELP_ORDER = 7;

    private WireFormat() {}

    /** @throws IllegalArgumentException when it is longer than a message may be, or holds a value that is no JSON */
    static byte[] encode(BusMessage message) {
        WireWriter out = new WireWriter();
        out.bits(VERSION);
        switch (message) {
            case WorkerReady ready -> {
                out.bits(WORKER_READY);
                write(ready, out);
            }
            case TaskBatches batches -> {
                out.bits(TASK_BATCHES);
                out.count(batches.all().size());
                batches.all().forEach(batch -> write(batch, out));
            }
            case BatchReplies answers -> {
                out.bits(ANSWERS);
                out.count(answers.all().size());
                answers.all().forEach(answer -> write(answer, out));
            }
            case WorkerHeartbeat alive -> {
                out.bits(WORKER_ALIVE);
                write(alive.worker(), out);
                out.count(alive.flights().size());
                alive.flights().forEach(out::number);
            }
            case WorkerLeaving leaving -> {
                out.bits(WORKER_LEAVING);
                write(leaving.worker(), out);
            }
            case HelpRequest wanted -> {
                out.bits(HELP_WANTED);
                WireRecords.write(HelpRequest.class, wanted, out);
            }
            case HelperCommand order -> {
                out.bits(HELP_ORDER);
                WireRecords.write(HelperCommand.class, order, out);
            }
        }
        return out.bytes();
    }

    /** @throws WireException when the bytes are no message of this version */
    static BusMessage decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int version = in.bits();
        if (version != VERSION) {
            throw new WireException("a message of version " + version + ", and this is version " + VERSION
                    + ": run the same Juggler everywhere");
        }
        int kind = in.bits();
        BusMessage message = switch (kind) {
            case WORKER_READY -> readReady(in);
            case TASK_BATCHES -> new TaskBatches(readBatches(in));
            case ANSWERS -> new BatchReplies(readAnswers(in));
            case WORKER_ALIVE -> new WorkerHeartbeat(readReady(in), readFlights(in));
            case WORKER_LEAVING -> new WorkerLeaving(readReady(in));
            case HELP_WANTED -> readRecord(HelpRequest.class, in);
            case HELP_ORDER -> readRecord(HelperCommand.class, in);
            default -> throw new WireException("no message has the number " + kind);
        };
        in.end();
        return message;
    }

    private static BusMessage readRecord(Class<? extends BusMessage> type, WireReader in) {
        BusMessage message = (BusMessage) WireRecords.read(type, in, 0);
        if (message == null) {
            throw new WireException("a message is missing");
        }
        return message;
    }

    private static void write(WorkerReady ready, WireWriter out) {
        out.text(ready.worker());
        out.text(ready.address());
        out.count(ready.credit());
        out.text(ready.node());
    }

    private static WorkerReady readReady(WireReader in) {
        return new WorkerReady(in.text(), in.text(), in.small(), in.text());
    }

    private static void write(TaskBatch batch, WireWriter out) {
        out.number(batch.flight());
        WireTasks.write(batch.tasks(), out);
        out.count(batch.attempt());
        out.number(batch.dispatchedMicros());
        out.number(batch.budgetNanos());
    }

    private static List<TaskBatch> readBatches(WireReader in) {
        int size = in.size();
        List<TaskBatch> batches = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batches.add(new TaskBatch(in.number(), WireTasks.read(in), in.small(), in.number(), in.number()));
        }
        return batches;
    }

    private static void write(BatchReply answer, WireWriter out) {
        BatchOutcome outcome = answer.outcome();
        out.number(answer.flight());
        WireTasks.writeOutcomes(outcome.outcomes(), out);
        WireTasks.write(outcome.returned(), out);
        out.bits(outcome.workerLost() ? 1 : 0);
    }

    private static List<BatchReply> readAnswers(WireReader in) {
        int size = in.size();
        List<BatchReply> answers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            answers.add(new BatchReply(
                    in.number(), new BatchOutcome(WireTasks.readOutcomes(in), WireTasks.read(in), in.flag())));
        }
        return answers;
    }

    private static List<Long> readFlights(WireReader in) {
        int size = in.size();
        List<Long> flights = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            flights.add(in.number());
        }
        return List.copyOf(flights);
    }
}
