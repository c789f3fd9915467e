package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.juggler.job.ConcurrencyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests guarantees of every model: reports account for each input, order is kept, rows have one schema. */
class ModelsIT {
    private static final List<String> STATES = List.of("succeeded", "failed", "timedOut", "cancelled", "skipped");

    @AutoClose
    private static final TestSite SITE = TestSite.start();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void reportsAccountForEveryFetch(ConcurrencyModel model) throws Exception {
        EndedProcess ended = run(
                model,
                "fetch",
                "--json",
                "--timeout",
                "2s",
                SITE.origin() + "/file/{1..20}",
                SITE.origin() + "/{a..e}",
                SITE.origin() + "/never",
                "http://");

        assertEquals(1, ended.exit(), ended.toString());
        assertCounts(ended, Map.of("submitted", 27L, "succeeded", 20L, "failed", 6L, "timedOut", 1L));
        assertEquals(400_000, ended.report().get("bytes").asLong());
    }

    @ParameterizedTest
    @EnumSource
    void reportsAccountForEveryProgram(ConcurrencyModel model) throws Exception {
        EndedProcess ended = run(
                model,
                "exec",
                "--json",
                "1..30",
                "--timeout",
                "1s",
                "--shell",
                "--",
                "n={}; [ $n -ne 7 ] || sleep 60; exit $((n % 2))");

        assertEquals(1, ended.exit(), ended.toString());
        assertCounts(ended, Map.of("submitted", 30L, "succeeded", 15L, "failed", 14L, "timedOut", 1L));
    }

    @ParameterizedTest
    @EnumSource
    void reportsAccountForEveryCallWhenResumed(ConcurrencyModel model) throws Exception {
        Files.write(folder.resolve("list"), List.of("1", "x", "2", "2", "y"));
        List<String> command = List.of("compute", "square", "3..1000", "-i", "list", "--json", "--journal", "j");

        EndedProcess first = run(model, command.toArray(String[]::new));
        assertCounts(first, Map.of("submitted", 1003L, "succeeded", 1001L, "failed", 2L));
        List<String> again = new ArrayList<>(command);
        again.add("--resume");
        EndedProcess second = run(model, again.toArray(String[]::new));

        assertEquals(1, second.exit());
        assertCounts(second, Map.of("submitted", 1003L, "skipped", 1001L, "failed", 2L));
    }

    @ParameterizedTest
    @EnumSource
    void resultsKeepTheOrderOfTheInputs(ConcurrencyModel model) throws Exception {
        EndedProcess ended =
                run(model, "exec", "-k", "1..40", "--shell", "--", "n={}; [ $((n % 5)) -ne 1 ] || sleep 0.2; echo {}");

        assertEquals(0, ended.exit(), ended.toString());
        assertEquals(IntStream.rangeClosed(1, 40).mapToObj(Integer::toString).toList(), ended.out());
    }

    @ParameterizedTest
    @EnumSource
    void writesARowForEachAttempt(ConcurrencyModel model) throws Exception {
        String name = model.id();
        EndedProcess ended = run(
                model, "fetch", "--jsonl", "--retries", "2", SITE.origin() + "/flaky/" + name, SITE.origin() + "/gone");

        assertEquals(1, ended.exit(), ended.toString());
        Set<String> seen = new HashSet<>();
        for (JsonNode row : ended.rows()) {
            assertRow(row, model);
            seen.add(row.get("task") + " " + row.get("attempt") + " "
                    + row.get("state").asText());
        }
        assertEquals(Set.of("0 1 failed", "0 2 succeeded", "1 1 failed"), seen, "404 is not retried");
        assertEquals(3, ended.out().size());
    }

    private static void assertRow(JsonNode row, ConcurrencyModel model) {
        boolean succeeded = row.get("state").asText().equals("succeeded");
        List<String> fields = new ArrayList<>(
                List.of("schema", "job", "task", "key", "attempt", "state", "worker", "started", "queuedMs", "runMs"));
        assertEquals(fields, names(row).subList(0, fields.size()));
        assertEquals(1, row.get("schema").asInt());
        assertTrue(row.get("key").asText().startsWith(SITE.origin()));
        assertTrue(row.get("worker").asText().startsWith(model.id() + "-"), row.toString());
        assertTrue(Instant.parse(row.get("started").asText())
                .isBefore(Instant.now().plusSeconds(60)));
        assertTrue(row.get("queuedMs").asDouble() >= 0 && row.get("runMs").asDouble() > 0, row.toString());
        if (succeeded) {
            assertEquals(200, row.get("value").get("status").asInt());
            assertEquals(8, row.get("value").get("bytes").asInt());
            assertEquals(row.get("key"), row.get("value").get("url"));
        } else {
            assertEquals(List.of("type", "message", "retryable"), names(row.get("error")));
            assertEquals("http-status", row.get("error").get("type").asText());
        }
    }

    private static List<String> names(JsonNode object) {
        return StreamSupport.stream(((Iterable<Map.Entry<String, JsonNode>>) object.properties()).spliterator(), false)
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    private static void assertCounts(EndedProcess ended, Map<String, Long> expected) throws Exception {
        long sum = 0;
        for (String state : STATES) {
            assertEquals(expected.getOrDefault(state, 0L), ended.count(state), state + " in " + ended);
            sum += ended.count(state);
        }
        assertEquals(expected.get("submitted"), ended.count("submitted"));
        assertEquals(ended.count("submitted"), sum);
    }

    private EndedProcess run(ConcurrencyModel model, String... arguments) throws Exception {
        return JugglerProcess.in(folder).variable("JUGGLER_MODEL", model.id()).run(arguments);
    }
}
