package dev.juggler.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.report.MeasuredRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeDigestTest {
    @TempDir
    private Path folder;

    @Test
    void doesNotDependOnTheOrder() throws Exception {
        assertEquals(digest(computed("a", 1L), computed("b", 2L)), digest(computed("b", 2L), computed("a", 1L)));
    }

    @Test
    void differsIfTwoKeysSwapTheirValues() throws Exception {
        assertNotEquals(digest(computed("a", 1L), computed("b", 2L)), digest(computed("a", 2L), computed("b", 1L)));
    }

    @Test
    void differsForEachValue() throws Exception {
        List<String> all = List.of(
                digest(computed("a", 1L)),
                digest(computed("a", 2L)),
                digest(computed("a", null)),
                digest(computed("a", "1")),
                digest(computed("a", Map.of("x", 1))),
                digest(fetched(200, 5, "00000001", "out/a")),
                digest(fetched(200, 5, "00000002", "out/a")),
                digest(fetched(200, 6, "00000001", "out/a")),
                digest(exited(0, "x", null)),
                digest(exited(0, "y", null)),
                digest(exited(1, "x", null)),
                digest(failed("timeout")),
                digest(failed("reset")));

        assertEquals(all.size(), all.stream().distinct().count());
    }

    @Test
    void differsForNumbersComputedFromNumbers() throws Exception {
        List<String> all = List.of(
                digest(whole(1, 5L), whole(2, 6L)),
                digest(whole(1, 6L), whole(2, 5L)),
                digest(whole(1, 5L), whole(2, 7L)),
                digest(whole(1, 5L), whole(3, 6L)),
                digest(whole(1, "5"), whole(2, "6")),
                digest(whole(1, 5L)));

        assertEquals(all.size(), all.stream().distinct().count());
        assertEquals(all.getFirst(), digest(whole(2, 6L), whole(1, 5L)));
        assertEquals(inputs(whole(1, 5L), whole(2, 6L)), inputs(whole(1, 7L), whole(2, "6")));
        assertNotEquals(inputs(whole(1, 5L), whole(2, 6L)), inputs(whole(1, 5L), whole(3, 6L)));
    }

    @Test
    void ignoresNamesOfSavedFiles() throws Exception {
        assertEquals(digest(fetched(200, 5, "00000001", "out/a")), digest(fetched(200, 5, "00000001", "out/a-1")));
    }

    @Test
    void readsLongOutputFromItsFileAndDeletesIt() throws Exception {
        Path one = Files.writeString(folder.resolve("one"), "beginning and end");
        Path other = Files.writeString(folder.resolve("other"), "beginning and END");

        assertNotEquals(digest(exited(0, "beginning", one)), digest(exited(0, "beginning", other)));
        assertFalse(Files.exists(one) || Files.exists(other));
    }

    @Test
    void inputsHaveTheirOwnDigest() throws Exception {
        assertEquals(inputs(computed("a", 1L)), inputs(computed("a", 2L)));
        assertNotEquals(digest(computed("a", 1L)), digest(computed("a", 2L)));
    }

    private static String digest(Outcome... outcomes) throws Exception {
        return digests(outcomes).outcomes();
    }

    private static String inputs(Outcome... outcomes) throws Exception {
        return digests(outcomes).inputs();
    }

    private static MeasuredRun.Digests digests(Outcome... outcomes) throws Exception {
        OutcomeDigest digest = new OutcomeDigest();
        for (Outcome outcome : outcomes) {
            digest.add(outcome);
        }
        return digest.digests();
    }

    private static Outcome whole(long input, Object json) {
        Result result = new Result.Succeeded(new Value.Computed(json));
        return new Outcome(new Task(0, new Input.Whole(input)), 1, result, "w-0", 0, 0, 1);
    }

    private static Outcome computed(String key, Object json) {
        return outcome(key, new Result.Succeeded(new Value.Computed(json)));
    }

    private static Outcome fetched(int status, long bytes, String crc, String path) {
        return outcome("a", new Result.Succeeded(new Value.Fetched(status, bytes, "http://h/a", path, null, crc)));
    }

    private static Outcome exited(int exit, String stdout, Path file) {
        byte[] bytes = stdout.getBytes(StandardCharsets.US_ASCII);
        long length = file == null ? bytes.length : 17;
        Value.Output output = new Value.Output(bytes, length, file == null ? null : file.toString());
        return outcome("a", new Result.Succeeded(new Value.Exited(exit, output, Value.Output.EMPTY)));
    }

    private static Outcome failed(String type) {
        return outcome("a", new Result.Failed(TaskError.passing(type, "whatever")));
    }

    private static Outcome outcome(String key, Result result) {
        return new Outcome(new Task(0, new Input.Text(key)), 1, result, "w-0", 0, 0, 1);
    }
}
