package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.job.ConcurrencyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code compare}: measuring one job under several models, checking outcomes, showing and saving results. */
class CompareIT {
    @AutoClose
    private static final TestSite SITE = TestSite.start();

    @TempDir
    private Path folder;

    @Test
    void measuresEveryModelWithEqualOutcomes() throws Exception {
        EndedProcess ended = compare("--repeat", "2", "--json", "--", "fetch", SITE.origin() + "/file/{1..20}");

        assertEquals(0, ended.exit(), ended.toString());
        JsonNode shown = json(ended).at("/comparisons/0");
        assertEquals(ConcurrencyModel.values().length, shown.at("/table").size());
        for (JsonNode model : shown.at("/comparison/models")) {
            assertEquals(2, model.get("runs").size());
            for (JsonNode run : model.get("runs")) {
                assertEquals(20, run.at("/counts/succeeded").asInt(), run.toString());
                assertTrue(run.get("seconds").asDouble() > 0, run.toString());
                assertTrue(run.get("peakBytes").asLong() > 0, run.toString());
            }
        }
        assertEquals(1, digests(shown.at("/comparison/models")));
        assertEquals("[]", shown.at("/comparison/differences").toString());
    }

    @Test
    void differentOutcomesAreAFailure() throws Exception {
        Path count = folder.resolve("count");

        EndedProcess ended = compare(
                "--models",
                "sequential,async",
                "--",
                "exec",
                "1",
                "--shell",
                "--",
                "echo {} >>" + count + "; wc -l <" + count);

        assertEquals(1, ended.exit(), ended.toString());
        assertEquals(
                "DIFFERENT OUTCOMES: async 2 in round 1 of 1 had other outcomes than the first run of sequential",
                ended.out().getLast().replaceFirst("async \\d+", "async 2"));
    }

    @Test
    void failedTasksAreShownAndAreAFailure() throws Exception {
        EndedProcess ended =
                compare("--models", "sequential,threads:3", "--", "exec", "1..4", "--shell", "--", "exit {}");

        assertEquals(1, ended.exit(), ended.toString());
        assertEquals(
                2,
                ended.out().stream()
                        .filter(line -> line.startsWith(" ") && line.endsWith("       4"))
                        .count(),
                ended.toString());
    }

    @Test
    void standardInputIsReadOnceForAllRuns() throws Exception {
        try (RunningProcess running = JugglerProcess.in(folder)
                .start(
                        "compare",
                        "-q",
                        "--models",
                        "sequential,async",
                        "--repeat",
                        "2",
                        "--warmup",
                        "1",
                        "--json",
                        "--",
                        "compute",
                        "square",
                        "-i",
                        "-")) {
            running.in().write("1\n2\n3\n".getBytes(StandardCharsets.UTF_8));
            running.in().close();
            EndedProcess ended = running.await();

            assertEquals(0, ended.exit(), ended.toString());
            for (JsonNode model : json(ended).at("/comparisons/0/comparison/models")) {
                assertEquals(3, model.at("/runs/1/counts/succeeded").asInt(), model.toString());
            }
        }
    }

    @Test
    void isolatedModelsHaveEqualOutcomes() throws Exception {
        EndedProcess ended = compare(
                "--isolate", "--models", "sequential,virtual:4", "--json", "--", "compute", "square", "1..1000");

        assertEquals(0, ended.exit(), ended.toString());
        JsonNode comparison = json(ended).at("/comparisons/0/comparison");
        assertTrue(comparison.get("isolated").asBoolean());
        assertEquals(1, digests(comparison.get("models")));
        assertTrue(comparison.at("/models/1/runs/0/peakBytes").asLong() > 10_000_000, comparison.toString());
    }

    @Test
    void childProcessesEndWhenTheParentIsKilled() throws Exception {
        Path log = folder.resolve("pids");
        try (RunningProcess running = JugglerProcess.in(folder)
                .start(
                        "compare",
                        "-q",
                        "--isolate",
                        "--models",
                        "sequential",
                        "--",
                        "exec",
                        "--shell",
                        "1",
                        "--",
                        "echo $PPID >>" + log + "; sleep 60; echo {}")) {
            while (Files.notExists(log) || Files.readString(log).isEmpty()) {
                Thread.onSpinWait();
                assertFalse(running.ended(), "the process ended too early");
            }
            List<ProcessHandle> children = running.descendants();
            running.kill();

            for (ProcessHandle child : children) {
                child.onExit().get(30, TimeUnit.SECONDS);
            }
            assertTrue(children.size() >= 2, children.toString());
        }
    }

    @Test
    void comparesSavedBodiesAndLeavesNothingInTheFolder() throws Exception {
        Path out = folder.resolve("out");

        EndedProcess ended = compare(
                "--models",
                "async,threads,processes",
                "--",
                "fetch",
                "-o",
                out.toString(),
                SITE.origin() + "/file/{1..5}");

        assertEquals(0, ended.exit(), ended.toString());
        try (Stream<Path> files = Files.walk(out)) {
            assertEquals(List.of(out), files.toList());
        }
    }

    @Test
    void mergesSavedComparisonsOfOneJobOnly() throws Exception {
        Path one = save("one.json", "1..10");
        Path other = save("other.json", "1..10");
        Path different = save("different.json", "1..11");

        EndedProcess merged = JugglerProcess.in(folder).run("compare", "--merge", one.toString(), other.toString());
        EndedProcess rejected =
                JugglerProcess.in(folder).run("compare", "--merge", one.toString(), different.toString());

        assertEquals(0, merged.exit(), merged.toString());
        assertEquals(
                2, merged.out().stream().filter("compute square 1..10"::equals).count(), merged.toString());
        assertEquals(2, rejected.exit(), rejected.toString());
        assertTrue(rejected.err().getLast().contains("they have different inputs"), rejected.toString());
    }

    private Path save(String name, String inputs) throws Exception {
        Path file = folder.resolve(name);
        EndedProcess ended =
                compare("--models", "sequential,async", "--save", file.toString(), "--", "compute", "square", inputs);
        assertEquals(0, ended.exit(), ended.toString());
        return file;
    }

    @Test
    void writesAPageAndAChart() throws Exception {
        Path page = folder.resolve("page.html");
        Path chart = folder.resolve("chart.svg");

        EndedProcess ended = compare(
                "--html", page.toString(), "--chart", chart.toString(), "--", "fetch", SITE.origin() + "/file/{1..20}");

        assertEquals(0, ended.exit(), ended.toString());
        String html = Files.readString(page);
        assertEquals(ConcurrencyModel.values().length, html.split("<figure>").length - 1);
        assertTrue(html.contains("One juggler, 64 balls.") && html.endsWith("</html>\n"), html);
        assertTrue(Files.readString(chart).contains("<svg"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void neitherOutputNorFilesContainSecrets() throws Exception {
        String url = SITE.origin().replace("http://", "http://user:secret1@");
        List<String> job = List.of(
                "--", "fetch", "-u", "me:secret2", "-H", "X-Key: secret3", "--data", "secret4", url + "/file/1");
        EndedProcess json = compare(job, "--models", "async", "--json", "--save", "kept.json", "--html", "page.html");
        EndedProcess table = compare(job, "--models", "async", "--chart", "chart.svg");
        EndedProcess markdown = compare(job, "--models", "async", "--markdown");

        String text = json(json).at("/comparisons/0/comparison/job").asText();
        assertTrue(text.startsWith("fetch --user … --header … --data … 'http://…@"), text);
        for (String written : List.of(json.toString(), table.toString(), markdown.toString())) {
            assertFalse(written.contains("secret"), written);
        }
        for (String file : List.of("kept.json", "page.html", "chart.svg")) {
            assertFalse(Files.readString(folder.resolve(file)).contains("secret"), file);
        }
    }

    @Test
    void anInterruptKeepsTheMeasuredRounds() throws Exception {
        Path log = folder.resolve("log");
        try (RunningProcess running = JugglerProcess.in(folder)
                .start(
                        "compare",
                        "-q",
                        "--models",
                        "sequential",
                        "--repeat",
                        "1000",
                        "--warmup",
                        "0",
                        "--",
                        "exec",
                        "1",
                        "--shell",
                        "--",
                        "echo {} >>" + log)) {
            while (Files.notExists(log) || Files.readAllLines(log).size() < 3) {
                Thread.onSpinWait();
                assertFalse(running.ended(), "the process ended too early");
            }
            running.signal("INT");
            EndedProcess ended = running.await();

            assertEquals(130, ended.exit(), ended.toString());
            assertTrue(ended.out().toString().contains(" sequential "), ended.toString());
        }
    }

    private EndedProcess compare(List<String> job, String... options) throws Exception {
        return compare(Stream.concat(Stream.of(options), job.stream()).toArray(String[]::new));
    }

    private EndedProcess compare(String... arguments) throws Exception {
        boolean repeats = List.of(arguments).contains("--repeat");
        Stream<String> few = repeats ? Stream.of() : Stream.of("--repeat", "1");
        return JugglerProcess.in(folder)
                .run(Stream.of(Stream.of("compare", "-q", "--warmup", "0"), few, Stream.of(arguments))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    private static JsonNode json(EndedProcess ended) throws Exception {
        assertEquals(1, ended.out().size(), ended.toString());
        return new ObjectMapper().readTree(ended.out().getFirst());
    }

    private static long digests(JsonNode models) {
        return StreamSupport.stream(models.spliterator(), false)
                .flatMap(model -> StreamSupport.stream(model.get("runs").spliterator(), false))
                .map(run -> run.get("outcomes").asText())
                .distinct()
                .count();
    }
}
