package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.NarrowServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code tune} against a server with a capacity of five requests, and the settings it writes. */
class TuneIT {
    private static final int CAPACITY = 5;

    @TempDir
    private Path home;

    @Test
    void findsAServersCapacityAndAddsItToTheSettings() throws Exception {
        Path settings = Files.createDirectories(home.resolve("conf")).resolve("juggler.json");
        Files.writeString(settings, "{\"retries\": 2, \"fetch\": {\"timeout\": \"9s\", \"concurrency\": 7}}");
        try (NarrowServer server = NarrowServer.queueing(CAPACITY, 10)) {
            EndedProcess ended = juggler()
                    .run("tune", "--max", "32", "--repeat", "1", "--write", "--", "fetch", server.page("{1..50}"));

            assertEquals(0, ended.exit(), ended.toString());
            assertTrue(ended.err().getFirst().contains("runs the fetch job repeatedly"), ended.toString());
            String last = ended.out().getLast();
            assertTrue(last.startsWith("Choice: -m async -n "), last);
        }
        JsonNode written = new ObjectMapper().readTree(settings.toFile());
        int choice = written.at("/fetch/concurrency").asInt();
        // A wide range, because other programs may keep this machine busy.
        assertTrue(choice >= 3 && choice <= 25, "chose " + choice);
        assertEquals("async", written.at("/fetch/model").asText());
        assertEquals("9s", written.at("/fetch/timeout").asText());
        assertEquals(2, written.at("/retries").asInt());
        try (Stream<Path> left = Files.list(settings.getParent())) {
            assertEquals(List.of(settings), left.toList());
        }
        assertUsed(choice);
    }

    /** Checks that the next run uses the concurrency from the settings, and a sequential one ignores it. */
    private void assertUsed(int choice) throws Exception {
        EndedProcess next = juggler().run("fetch", "--json", "--retries", "0", "http://127.0.0.1:1/");
        assertEquals(choice, next.report().get("concurrency").asInt());
        EndedProcess sequential =
                juggler().run("fetch", "-m", "sequential", "--json", "--retries", "0", "http://127.0.0.1:1/");
        assertEquals(1, sequential.report().get("concurrency").asInt());
    }

    @Test
    void reportsTheCurveAndTheChoice() throws Exception {
        EndedProcess ended = juggler()
                .run(
                        "tune",
                        "--max",
                        "4",
                        "--repeat",
                        "1",
                        "-q",
                        "--json",
                        "--chart",
                        "curve.svg",
                        "--",
                        "compute",
                        "square",
                        "1..9");
        assertEquals(0, ended.exit(), ended.toString());
        assertEquals(List.of(), ended.err());
        JsonNode report = ended.report();
        assertEquals("compute", report.get("work").asText());
        assertEquals("threads", report.get("model").asText());
        assertTrue(report.get("choice").asInt() >= 1 && report.get("choice").asInt() <= 4);
        assertEquals(1, report.at("/steps/0/concurrency").asInt());
        assertTrue(report.at("/steps/0/tasksPerSecond").asDouble() > 0);
        assertTrue(Files.notExists(home.resolve("conf")), "settings were written without --write");
        assertTrue(Files.readString(home.resolve("curve.svg")).contains("<svg"));
    }

    @Test
    void choosesAndWritesNothingIfEveryTaskFails() throws Exception {
        EndedProcess ended = juggler()
                .run("tune", "--repeat", "1", "-q", "--write", "--chart", "c.png", "--", "compute", "square", "x");
        assertEquals(1, ended.exit(), ended.toString());
        assertEquals(
                "No choice: no task succeeds, even with a concurrency of 1.",
                ended.out().getLast());
        assertTrue(Files.notExists(home.resolve("conf/juggler.json")));
        assertTrue(Files.notExists(home.resolve("c.png")));
    }

    private JugglerProcess juggler() {
        return JugglerProcess.in(home).home(home);
    }
}
