package dev.juggler.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Input;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.Outcome;
import dev.juggler.job.Rate;
import dev.juggler.job.Result;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.job.WorkSpec;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {
    private static final String UNPAIRED_SURROGATE = "a\ud800b";

    static List<BusMessage> messages() {
        List<BusMessage> messages = new ArrayList<>(List.of(
                new WorkerReady("processes-0", "juggler.job.j.worker.processes-0", 1, "node"),
                new WorkerReady("", "", Integer.MAX_VALUE),
                new TaskBatches(List.of()),
                new TaskBatches(List.of(
                        new TaskBatch(Long.MAX_VALUE, tasks(), 3, -1, 0),
                        new TaskBatch(0, List.of(), 1, Long.MIN_VALUE, Long.MAX_VALUE))),
                new BatchReplies(List.of()),
                reply(new BatchOutcome(List.of(), tasks(), true)),
                new BatchReplies(List.of(
                        new BatchReply(1, new BatchOutcome(outcomes(computed(1)), List.of(), false)),
                        new BatchReply(Long.MAX_VALUE, new BatchOutcome(List.of(), tasks(), false)))),
                new WorkerLeaving(new WorkerReady("w", "a", 1, "n")),
                new HelpRequest("job", 3, "node"),
                new HelperCommand(HelperCommand.Kind.DRAIN, ""),
                new HelperCommand(HelperCommand.Kind.CANCEL, "why"),
                new WorkerHeartbeat(new WorkerReady("w", "a", 1, "n"), List.of()),
                new WorkerHeartbeat(new WorkerReady("w", "a", 64, ""), List.of(-1L, 0L, Long.MAX_VALUE))));
        values().forEach(value -> messages.add(reply(outcomes(value))));
        return messages;
    }

    private static BatchReplies reply(BatchOutcome outcome) {
        return new BatchReplies(List.of(new BatchReply(7, outcome)));
    }

    private static BatchReplies reply(List<Outcome> outcomes) {
        return reply(new BatchOutcome(outcomes, List.of(), false));
    }

    private static List<Task> tasks() {
        return List.of(
                new Task(0, new Input.Text("https://example.org/äß/" + UNPAIRED_SURROGATE)),
                new Task(Long.MAX_VALUE, new Input.Whole(Long.MIN_VALUE)),
                new Task(7, new Input.Whole(Long.MAX_VALUE)),
                new Task(8, new Input.Whole(-1)),
                new Task(9, new Input.Text("")),
                new Task(1, new Input.FileChunk("/a b", 1L << 40, 0)),
                new Task(2, Input.url("http://me:secret@host/")));
    }

    private static List<Outcome> outcomes(Value value) {
        TaskError error =
                TaskError.passing("connect", "no \u0000 way \ud83d\ude00").pausing(Duration.ofMillis(1500));
        List<Outcome> outcomes = new ArrayList<>();
        for (Result result : List.of(
                new Result.Succeeded(value),
                new Result.Failed(error, value),
                new Result.Failed(new TaskError("exception", null, false)),
                new Result.Failed(error.pausing(java.time.Duration.ofSeconds(90))),
                new Result.TimedOut(error, null),
                new Result.Cancelled(error, value))) {
            for (Task task : tasks()) {
                outcomes.add(
                        new Outcome(task, 2, result, "processes-" + task.index() % 2, 1_700_000_000_000_000L, 0, -5));
            }
        }
        return outcomes;
    }

    private static List<Value> values() {
        return Arrays.asList(
                null,
                new Value.Fetched(200, 1L << 40, "https://example.org/", null, null),
                new Value.Fetched(-1, 0, "", "/tmp/x", "00", "ff"),
                computed(null),
                computed(true),
                computed(false),
                computed(Integer.MIN_VALUE),
                computed(Long.MIN_VALUE),
                computed(-0.0),
                computed(Double.MIN_VALUE),
                computed(1.5f),
                computed(BigInteger.TWO.pow(300).negate()),
                computed(BigInteger.ZERO),
                computed(new BigDecimal("-1.230E+400")),
                computed(UNPAIRED_SURROGATE),
                computed("x".repeat(100_000)),
                computed(Arrays.asList(1, null, List.of("a", 2L), Map.of("k", List.of()))),
                computed(Collections.singletonMap("", null)));
    }

    private static Value computed(Object json) {
        return new Value.Computed(json);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageSurvivesEncoding(BusMessage message) {
        assertEquals(message, WireFormat.decode(WireFormat.encode(message)));
    }

    @Test
    void outputsOfProgramsSurviveEncoding() {
        byte[] output = {0, -1, 'x'};
        Value.Exited sent = new Value.Exited(143, new Value.Output(output, 70_000, "/tmp/out"), Value.Output.EMPTY);
        Task task = new Task(0, new Input.Whole(1));
        Outcome outcome = new Outcome(task, 1, new Result.Succeeded(sent), "w", 0, 0, 0);
        BatchReplies back = (BatchReplies) WireFormat.decode(WireFormat.encode(reply(List.of(outcome))));
        Value.Exited got = (Value.Exited) first(back).result().value();
        assertEquals(143, got.exit());
        assertArrayEquals(output, got.stdout().bytes());
        assertEquals(70_000, got.stdout().length());
        assertEquals("/tmp/out", got.stdout().file());
        assertEquals(0, got.stderr().length());
    }

    private static Outcome first(BatchReplies replies) {
        return replies.all().getFirst().outcome().outcomes().getFirst();
    }

    @Test
    void aTaskOfARangeTakesThreeBytes() {
        List<Task> range = LongStream.range(0, 4096)
                .mapToObj(i -> new Task(i, new Input.Whole(5_000_000 + i)))
                .toList();
        TaskBatch batch = new TaskBatch(1, range, 1, 1_700_000_000_000_000L, 50_000_000);
        int length = WireFormat.encode(new TaskBatches(List.of(batch))).length;
        assertTrue(length < 3 * 4096 + 40, length + " bytes");
    }

    @Test
    void anotherVersionIsRejected() {
        byte[] bytes = WireFormat.encode(new WorkerHeartbeat(new WorkerReady("w", "a", 1), List.of()));
        bytes[0]++;
        WireException rejected = assertThrows(WireException.class, () -> WireFormat.decode(bytes));
        assertTrue(rejected.getMessage().contains("run the same Juggler everywhere"), rejected::getMessage);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aTruncatedOrTooLongMessageIsRejected(BusMessage message) {
        byte[] bytes = WireFormat.encode(message);
        int step = Math.max(1, bytes.length / 200);
        for (int length = 0; length < bytes.length; length += step) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(WireException.class, () -> WireFormat.decode(cut));
        }
        assertThrows(WireException.class, () -> WireFormat.decode(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void damagedBytesAreDecodedOrRejected() {
        Random random = new Random(1);
        List<byte[]> all = messages().stream().map(WireFormat::encode).toList();
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = all.get(random.nextInt(all.size())).clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[Math.min(bytes.length - 1, random.nextInt(200))] = (byte) random.nextInt();
            }
            try {
                assertNotNull(WireFormat.decode(bytes));
            } catch (WireException rejected) {
                assertNotNull(rejected.getMessage());
            }
        }
    }

    @Test
    void aTooDeeplyNestedValueIsRejectedByTheSender() {
        Object nested = 1;
        for (int i = 0; i < 600; i++) {
            nested = List.of(nested);
        }
        List<Outcome> outcomes = outcomes(computed(nested));
        assertThrows(IllegalArgumentException.class, () -> WireFormat.encode(reply(outcomes)));
    }

    @Test
    void aTooLongMessageIsRejectedByTheSender() {
        WireWriter out = new WireWriter();
        byte[] tenth = new byte[WireWriter.MAX_LENGTH / 10];
        assertThrows(IllegalArgumentException.class, () -> {
            for (int i = 0; i < 11; i++) {
                out.blob(tenth);
            }
        });
    }

    @Test
    void aResultThatCannotBeSentArrivesAsAFailure() {
        Outcome bad = new Outcome(
                new Task(3, new Input.Whole(3)), 1, new Result.Succeeded(computed(new Object())), "w", 0, 0, 0);
        Buffer buffer = Buffer.buffer();
        new BusMessageCodec().encodeToWire(buffer, reply(List.of(bad)));
        BatchReplies arrived = (BatchReplies) new BusMessageCodec().decodeFromWire(0, buffer);
        assertEquals(7, arrived.all().getFirst().flight());
        assertEquals("value", first(arrived).result().error().type());
        assertEquals(3, first(arrived).task().index());
    }

    @Test
    void repliesThatMayBeLongAreNotShort() {
        assertTrue(isShort(computed(1)));
        assertTrue(isShort(computed("x".repeat(1_000))));
        assertFalse(isShort(computed("x".repeat(1_001))));
        assertFalse(isShort(computed(List.of(1))));
        assertFalse(isShort(new Value.Exited(0, Value.Output.EMPTY, Value.Output.EMPTY)));
        assertFalse(new BatchReply(1, new BatchOutcome(List.of(), tasks(), false)).isShort());
    }

    private static boolean isShort(Value value) {
        Outcome one = new Outcome(new Task(0, new Input.Whole(1)), 1, new Result.Succeeded(value), "w", 0, 0, 0);
        return new BatchReply(1, new BatchOutcome(List.of(one), List.of(), false)).isShort();
    }

    static List<Record> specs() {
        return List.of(
                FetchSpec.READ,
                FetchSpec.READ.with(new FetchSpec.Saving(Optional.of("out"), true)),
                new WorkSpec.ComputeSpec("Square.java", Optional.of("class Square {}"), List.of("a.jar", "")),
                new WorkSpec.ExecSpec(List.of("echo", "{}"), true, 5));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aJobSurvivesEncoding(Record spec) {
        for (HaltPolicy halt : List.of(HaltPolicy.parse("never"), HaltPolicy.parse("3"), HaltPolicy.parse("1.5%"))) {
            Limits limits = new Limits(
                    Optional.of(Duration.ofNanos(1_500_000_001L)), Optional.empty(), halt, Optional.of(new Rate(0.1)));
            Job job = Job.builder("j", (WorkSpec) spec)
                    .model(ConcurrencyModel.ASYNC, 64)
                    .chunking(Chunking.parse("7"))
                    .limits(limits)
                    .retry(RetryPolicy.of(2))
                    .keepOrder(true)
                    .build();
            assertEquals(job, WireRecords.of(Job.class, WireRecords.bytes(job)));
        }
    }

    @Test
    void damagedBytesOfARecordAreDecodedOrRejected() {
        Random random = new Random(2);
        Job job = Job.builder("j", (WorkSpec) specs().get(2))
                .model(ConcurrencyModel.ASYNC, 64)
                .chunking(Chunking.parse("auto"))
                .retry(RetryPolicy.of(2))
                .keepOrder(true)
                .build();
        byte[] bytes = WireRecords.bytes(job);
        for (int i = 0; i < 1_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                assertNotNull(WireRecords.of(Job.class, damaged));
            } catch (WireException rejected) {
                assertNotNull(rejected.getMessage());
            }
        }
    }
}
