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
 * The encoding of {@link BusMessage}s between JVMs: a version, the kind of message and its fields in order. It is
 * compact, since a message carries thousands of tasks. It does not use Java serialization, which would let a sender run
 * code.
 */
final class WireFormat {
    /** Incremented with every change of the format. JVMs of different versions reject each other's messages. */
    static final int VERSION = 3;

    private static final int WORKER_READY = 1;
    private static final int TASK_BATCHES = 2;
    private static final int BATCH_REPLIES = 3;
    private static final int WORKER_HEARTBEAT = 4;
    private static final int WORKER_LEAVING = 5;
    private static final int HELP_REQUEST = 6;
    private static final int HELPER_COMMAND = 7;

    private WireFormat() {}

    /**
     * Encodes a message.
     *
     * @throws IllegalArgumentException if it is too long or contains a value that is not JSON
     */
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
            case BatchReplies replies -> {
                out.bits(BATCH_REPLIES);
                out.count(replies.all().size());
                replies.all().forEach(reply -> write(reply, out));
            }
            case WorkerHeartbeat heartbeat -> {
                out.bits(WORKER_HEARTBEAT);
                write(heartbeat.worker(), out);
                out.count(heartbeat.flights().size());
                heartbeat.flights().forEach(out::number);
            }
            case WorkerLeaving leaving -> {
                out.bits(WORKER_LEAVING);
                write(leaving.worker(), out);
            }
            case HelpRequest request -> {
                out.bits(HELP_REQUEST);
                WireRecords.write(HelpRequest.class, request, out);
            }
            case HelperCommand command -> {
                out.bits(HELPER_COMMAND);
                WireRecords.write(HelperCommand.class, command, out);
            }
        }
        return out.bytes();
    }

    /**
     * Decodes a message.
     *
     * @throws WireException if the bytes are not a message of this version
     */
    static BusMessage decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int version = in.bits();
        if (version != VERSION) {
            throw new WireException("a message has version " + version + ", but this is version " + VERSION
                    + ": run the same Juggler everywhere");
        }
        int kind = in.bits();
        BusMessage message = switch (kind) {
            case WORKER_READY -> readReady(in);
            case TASK_BATCHES -> new TaskBatches(readBatches(in));
            case BATCH_REPLIES -> new BatchReplies(readReplies(in));
            case WORKER_HEARTBEAT -> new WorkerHeartbeat(readReady(in), readFlights(in));
            case WORKER_LEAVING -> new WorkerLeaving(readReady(in));
            case HELP_REQUEST -> readRecord(HelpRequest.class, in);
            case HELPER_COMMAND -> readRecord(HelperCommand.class, in);
            default -> throw new WireException("unknown kind of message: " + kind);
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

    private static void write(BatchReply reply, WireWriter out) {
        BatchOutcome outcome = reply.outcome();
        out.number(reply.flight());
        WireTasks.writeOutcomes(outcome.outcomes(), out);
        WireTasks.write(outcome.returned(), out);
        out.bits(outcome.workerLost() ? 1 : 0);
    }

    private static List<BatchReply> readReplies(WireReader in) {
        int size = in.size();
        List<BatchReply> replies = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            replies.add(new BatchReply(
                    in.number(), new BatchOutcome(WireTasks.readOutcomes(in), WireTasks.read(in), in.flag())));
        }
        return replies;
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
