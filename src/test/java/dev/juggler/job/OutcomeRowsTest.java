package dev.juggler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the schema of outcome rows: every field, in every state. */
class OutcomeRowsTest {
    private static final long STARTED = 1_795_284_000_123_456L;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void aSuccessHasEveryFieldInOrder() throws IOException {
        Value value = new Value.Fetched(200, 17, "https://a.example/", null, null);
        assertEquals(
                "{\"schema\":1,\"job\":\"j-1\",\"task\":17,\"key\":\"https://a.example\",\"attempt\":2,"
                        + "\"state\":\"succeeded\",\"worker\":\"async-0\",\"started\":\"2026-11-21T18:00:00.123Z\","
                        + "\"queuedMs\":1.2,\"runMs\":83.457,"
                        + "\"value\":{\"status\":200,\"bytes\":17,\"url\":\"https://a.example/\"}}\n",
                text(outcome("https://a.example", new Result.Succeeded(value), 1_200_000, 83_456_789)));
    }

    @Test
    void aFailureHasAnErrorAndWhatIsKnown() throws IOException {
        Value.Output output = new Value.Output("so far".getBytes(StandardCharsets.UTF_8), 6, null);
        Value value = new Value.Exited(3, output, Value.Output.EMPTY);
        JsonNode row = row(new Result.Failed(TaskError.passing("exit", "it said 3"), value));
        assertEquals("failed", row.get("state").textValue());
        assertEquals(
                MAPPER.readTree("{\"type\":\"exit\",\"message\":\"it said 3\",\"retryable\":true}"), row.get("error"));
        assertEquals(MAPPER.readTree("{\"exit\":3,\"stdout\":\"so far\",\"stderr\":\"\"}"), row.get("value"));
    }

    @Test
    void aLongOutputNamesTheFileThatHoldsAllOfIt() throws IOException {
        Value.Output output = new Value.Output("begin".getBytes(StandardCharsets.UTF_8), 70_000, "/tmp/all.stdout");
        JsonNode row = row(new Result.Succeeded(new Value.Exited(0, output, Value.Output.EMPTY)));
        assertEquals(
                MAPPER.readTree("{\"exit\":0,\"stdout\":\"begin\",\"stderr\":\"\",\"stdoutFile\":\"/tmp/all.stdout\"}"),
                row.get("value"));
    }

    @Test
    void timeoutsAndCancellationsHaveTheirOwnStates() throws IOException {
        JsonNode late = row(Result.TimedOut.after(Duration.ofMillis(1500), null));
        assertEquals("timed-out", late.get("state").textValue());
        assertEquals("no result within 1.5s", late.at("/error/message").textValue());
        assertTrue(late.at("/error/retryable").booleanValue());
        assertTrue(late.path("value").isMissingNode());
        JsonNode cut = row(Result.Cancelled.because("the end", null));
        assertEquals("cancelled", cut.get("state").textValue());
    }

    @Test
    void computedValuesAreWrittenAsTheyAre() throws IOException {
        BigInteger large = BigInteger.TEN.pow(40);
        assertEquals("{\"value\":null}", valueOf(null));
        assertEquals("{\"value\":12}", valueOf(12L));
        assertEquals("{\"value\":" + large + "}", valueOf(large));
        assertEquals("{\"value\":\"a\\\"b\"}", valueOf("a\"b"));
        assertEquals("{\"value\":[1,null,{\"k\":true}]}", valueOf(Arrays.asList(1, null, Map.of("k", true))));
        assertEquals("{\"value\":0.1}", valueOf(0.1));
    }

    @Test
    void savedFetchHasPathAndDigest() throws IOException {
        JsonNode value = row(new Result.Succeeded(new Value.Fetched(200, 1, "u", "out/a", "abc")))
                .get("value");
        assertEquals("out/a", value.get("path").textValue());
        assertEquals("abc", value.get("sha256").textValue());
    }

    @Test
    void rowsAreOneLine() throws IOException {
        String evil = "\n\r\t\u0000\u001b[31m\"\\\u2028 \ud83d\ude00";
        String text = text(outcome(evil, new Result.Failed(TaskError.permanent("exit", evil)), 0, 0));
        assertEquals(1, text.lines().count());
        assertEquals(text.length() - 1, text.indexOf('\n'));
        assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' '), text);
        assertEquals(evil, MAPPER.readTree(text).get("key").textValue());
        assertEquals(evil, MAPPER.readTree(text).at("/error/message").textValue());
    }

    @Test
    void unpairedSurrogateDoesNotBreakTheRow() throws IOException {
        String half = "\ud83d\ude00".substring(0, 1);
        for (Object value : List.of(half, List.of(half), Map.of(half, half))) {
            assertEquals(
                    1,
                    text(outcome(half, new Result.Succeeded(new Value.Computed(value)), 0, 0))
                            .lines()
                            .count());
        }
        assertEquals("{\"value\":\"?\"}", valueOf(half));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "499, 0.0",
        "500, 0.001",
        "1000000, 1.0",
        "1234567, 1.235",
        "9999999999499, 9999999.999",
        "10000000000000, 10000000.000",
        "12345678901234567, 12345678901.235"
    })
    void millisecondsHaveThreeDecimalsAndNoExponent(long nanos, String millis) throws IOException {
        String text = text(outcome("k", new Result.Succeeded(null), 0, nanos));
        assertTrue(text.contains("\"runMs\":" + millis + "}"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000Z",
        "999999, 1970-01-01T00:00:00.999Z",
        "1000000, 1970-01-01T00:00:01.000Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "1709251199007000, 2024-02-29T23:59:59.007Z"
    })
    void timesAreInUtcToTheMillisecond(long micros, String text) throws IOException {
        Outcome outcome =
                new Outcome(new Task(0, new Input.Whole(1)), 1, new Result.Succeeded(null), "w", micros, 0, 0);
        assertEquals(text, MAPPER.readTree(text(outcome)).get("started").textValue());
    }

    @Test
    void manyRowsFollowEachOtherAndTheStreamStaysOpen() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutcomeRows rows = new OutcomeRows("j", bytes)) {
            for (int i = 0; i < 20_000; i++) {
                rows.write(outcome("é" + i, new Result.Succeeded(new Value.Computed("ü\ud83d\ude00")), i, i));
            }
            rows.flush(bytes);
            assertEquals(20_000, bytes.toString(StandardCharsets.UTF_8).lines().count());
            rows.write(outcome("last", new Result.Succeeded(null), 0, 0));
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals("é19999", MAPPER.readTree(lines.get(19_999)).get("key").textValue());
        assertEquals(
                "ü\ud83d\ude00", MAPPER.readTree(lines.get(777)).get("value").textValue());
        assertEquals("last", MAPPER.readTree(lines.get(20_000)).get("key").textValue());
    }

    private static String valueOf(Object computed) throws IOException {
        String text = text(outcome("k", new Result.Succeeded(new Value.Computed(computed)), 0, 0));
        return "{" + text.substring(text.indexOf("\"value\""), text.length() - 1);
    }

    private static JsonNode row(Result result) throws IOException {
        return MAPPER.readTree(text(outcome("k", result, 0, 0)));
    }

    private static Outcome outcome(String key, Result result, long queued, long ran) {
        return new Outcome(new Task(17, new Input.Text(key)), 2, result, "async-0", STARTED, queued, ran);
    }

    private static String text(Outcome outcome) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutcomeRows rows = new OutcomeRows("j-1", bytes)) {
            rows.write(outcome);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
