package dev.juggler.compare;

import static dev.juggler.report.Comparisons.model;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.report.Comparison;
import dev.juggler.report.Comparisons;
import dev.juggler.report.ModelRuns;
import dev.juggler.report.Timeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsBackASavedComparison() throws Exception {
        Timeline.Block block = new Timeline.Block(0.5, 1, 0.25, true);
        Timeline timeline = new Timeline(
                new Timeline.Extent(1, 1, 2),
                new Timeline.Window(0, 2),
                List.of(new Timeline.Lane("async-0", List.of(block))),
                1,
                List.of(1.0),
                "how");
        ModelRuns bare = model("async", 64, 1.5, 2.5);
        Comparison saved = Comparisons.of(
                new ModelRuns(bare.model(), bare.python(), bare.workers(), bare.inFlight(), bare.runs(), timeline));

        assertEquals(List.of(saved), ComparisonFile.readAll(List.of(save("a.json", saved))));
    }

    @Test
    void rejectsOtherWorkAndOtherInputs() throws Exception {
        Path one = save("one.json", Comparisons.of(model("async", 64, 1)));
        String text = Files.readString(one);
        Path work = Files.writeString(folder.resolve("work.json"), text.replace("sha256:1", "sha256:2"));
        Path inputs =
                Files.writeString(folder.resolve("inputs.json"), text.replace("\"inputs\":\"00", "\"inputs\":\"11"));

        assertRejected("they have different work", one, work);
        assertRejected("they have different inputs", one, inputs);
    }

    @Test
    void namesMachinesWithOtherOutcomes() throws Exception {
        Path one = save("one.json", Comparisons.onMachine("here", model("async", 64, 1)));
        String text = Files.readString(one);
        Path other = Files.writeString(
                folder.resolve("other.json"),
                text.replace("\"here\"", "\"there\"").replace("\"outcomes\":\"00", "\"outcomes\":\"11"));

        List<String> differences = ComparisonFile.differences(ComparisonFile.readAll(List.of(one, other)));

        assertEquals(1, differences.size());
        assertTrue(differences.getFirst().startsWith("DIFFERENT OUTCOMES: there ("), differences.getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'{\"schema\":1}'; is not a comparison",
                "'[]'; is not a comparison",
                "'{\"schema\":3,\"fingerprint\":\"x\"}'; has schema 3",
                "'{\"schema\":2,\"fingerprint\":\"x\"}'; is damaged",
                "'{\"sch'; is damaged"
            })
    void rejectsFilesThatAreNotComparisons(String content, String message) throws Exception {
        assertRejected(message, Files.writeString(folder.resolve("file"), content));
    }

    /** The bytes that version 0.1.0 wrote before its records had parts. */
    @Test
    void theFormatOfFilesDoesNotChange() throws Exception {
        String text = """
            {"schema":2,"job":"fetch -i urls.txt","work":"fetch","fingerprint":"sha256:1",\
            "machine":{"name":"here","system":"Linux 6 amd64","cores":2,"java":"25"},\
            "started":"2025-11-01T10:00:00Z","warmups":1,"isolated":true,"memory":"heap",\
            "models":[{"model":"async","python":"asyncio.gather","workers":1,"inFlight":64,\
            "runs":[{"seconds":1.5,"startSeconds":0.25,"cpuSeconds":2.5,"peakBytes":64000000,"ending":"completed",\
            "counts":{"submitted":3,"succeeded":3,"failed":0,"timedOut":0,"cancelled":0,"skipped":0,"attempts":3},\
            "runMs":{"mean":1.0,"p50":2.0,"p95":3.0,"p99":4.0,"max":5.0},"inputs":"00aa","outcomes":"00bb"}],\
            "timeline":{"attempts":3,"recorded":3,"seconds":1.75,"from":0.125,"to":1.25,\
            "lanes":[{"name":"in flight 1","blocks":[[0.125,0.5,0.25,true]]}],"allLanes":2,"inFlight":[1.0,0.5],\
            "computing":"Computing is known."}}],"differences":[]}\
            """;

        Comparison read = ComparisonFile.readAll(List.of(Files.writeString(folder.resolve("old.json"), text)))
                .getFirst();

        assertEquals("fetch -i urls.txt", read.comparedJob().command());
        assertEquals(text, new String(ComparisonFile.bytes(read), StandardCharsets.UTF_8));
    }

    @Test
    void theReportHasNoTimelinesButATableAndAVerdict() throws Exception {
        Comparison comparison = Comparisons.of(model("async", 64, 1.5));

        String report = new String(ComparisonFile.report(List.of(comparison), List.of("x")), StandardCharsets.UTF_8);

        String table = """
            "table":[{"model":"async","label":"async 64","python":"a plain loop","workers":1,"inFlight":64,\
            "seconds":{"median":1.5,"least":1.5,"most":1.5},"startSeconds":0.01,"speedUp":1.0,"tasksPerSecond":60.0,\
            "p50":9.0,"p95":20.0,"p99":30.0,"cpuSeconds":0.75,"peakBytes":50000000,"failed":0}],\
            "verdict":["Only async 64 was measured: there is nothing to compare it with."]}],"differences":["x"]}
            """;
        assertTrue(report.endsWith(table), report);
        assertFalse(report.contains("timeline"), report);
    }

    private static void assertRejected(String message, Path... files) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ComparisonFile.readAll(List.of(files)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private Path save(String name, Comparison comparison) throws Exception {
        String text = new String(ComparisonFile.bytes(comparison), StandardCharsets.UTF_8);
        return Files.writeString(folder.resolve(name), text);
    }
}
