package dev.juggler.compare;

import static dev.juggler.report.Comparisons.model;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
    void whatIsSavedIsReadBack() throws Exception {
        Timeline.Block block = new Timeline.Block(0.5, 1, 0.25, true);
        Timeline timeline = new Timeline(
                1, 1, 2, 0, 2, List.of(new Timeline.Lane("async-0", List.of(block))), 1, List.of(1.0), "how");
        ModelRuns bare = model("async", 64, 1.5, 2.5);
        Comparison saved = Comparisons.of(
                new ModelRuns(bare.model(), bare.python(), bare.workers(), bare.inFlight(), bare.runs(), timeline));

        assertEquals(List.of(saved), ComparisonFile.merge(List.of(save("a.json", saved))));
    }

    @Test
    void otherWorkOrOtherInputsAreRefused() throws Exception {
        Path one = save("one.json", Comparisons.of(model("async", 64, 1)));
        String text = Files.readString(one);
        Path work = Files.writeString(folder.resolve("work.json"), text.replace("sha256:1", "sha256:2"));
        Path inputs =
                Files.writeString(folder.resolve("inputs.json"), text.replace("\"inputs\":\"00", "\"inputs\":\"11"));

        assertRefused("do other work", one, work);
        assertRefused("have other inputs", one, inputs);
    }

    @Test
    void machinesThatCameToSomethingElseAreTold() throws Exception {
        Path one = save("one.json", Comparisons.named("here", model("async", 64, 1)));
        String text = Files.readString(one);
        Path other = Files.writeString(
                folder.resolve("other.json"),
                text.replace("\"here\"", "\"there\"").replace("\"outcomes\":\"00", "\"outcomes\":\"11"));

        List<String> differences = ComparisonFile.differences(ComparisonFile.merge(List.of(one, other)));

        assertEquals(1, differences.size());
        assertTrue(differences.getFirst().startsWith("DIFFERENT OUTCOMES: there ("), differences.getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'{\"schema\":1}'; is no comparison",
                "'[]'; is no comparison",
                "'{\"schema\":3,\"fingerprint\":\"x\"}'; of schema 3",
                "'{\"schema\":2,\"fingerprint\":\"x\"}'; a damaged one",
                "'{\"sch'; a damaged one"
            })
    void whatIsNoComparisonIsRefused(String content, String said) throws Exception {
        assertRefused(said, Files.writeString(folder.resolve("file"), content));
    }

    private static void assertRefused(String said, Path... files) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ComparisonFile.merge(List.of(files)));
        assertTrue(refused.getMessage().contains(said), refused.getMessage());
    }

    private Path save(String name, Comparison comparison) throws Exception {
        String text = new String(ComparisonFile.bytes(comparison), StandardCharsets.UTF_8);
        return Files.writeString(folder.resolve(name), text);
    }
}
