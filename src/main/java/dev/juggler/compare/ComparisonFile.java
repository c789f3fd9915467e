package dev.juggler.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.juggler.report.Comparison;
import dev.juggler.report.ComparisonVerdict;
import dev.juggler.report.ModelSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Comparisons in files, one JSON document each. */
public final class ComparisonFile {
    /** A file of more bytes than this is none of ours. */
    private static final long LARGEST = 1L << 28;

    /** Fields of records and nothing else: what is derived from them is not kept. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private ComparisonFile() {}

    /** The document that is saved, in one line. */
    public static byte[] bytes(Comparison comparison) throws JsonProcessingException {
        return JSON.writeValueAsBytes(comparison);
    }

    /** What is shown of several: no pictures, but the rows of the table and the sentences. One line. */
    public static byte[] shown(List<Comparison> all, List<String> differences) throws JsonProcessingException {
        List<Shown> shown = all.stream()
                .map(each -> new Shown(each.withoutTimelines(), each.summaries(), ComparisonVerdict.of(each)))
                .toList();
        return (JSON.writeValueAsString(new ComparisonDocument(Comparison.SCHEMA, shown, differences)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private record Shown(Comparison comparison, List<ModelSummary> table, List<String> verdict) {}

    private record ComparisonDocument(int schema, List<Shown> comparisons, List<String> differences) {}

    /**
     * Reads several and checks that they are of one job.
     *
     * @throws IllegalArgumentException when one is no comparison, or of another job than the first; the message names it
     * @throws IOException when one cannot be read
     */
    public static List<Comparison> merge(List<Path> files) throws IOException {
        List<Comparison> all = new ArrayList<>();
        for (Path file : files) {
            Comparison next = read(file);
            if (!all.isEmpty()) {
                checkSame(files.getFirst(), all.getFirst(), file, next);
            }
            all.add(next);
        }
        return all;
    }

    private static void checkSame(Path firstFile, Comparison first, Path file, Comparison next) {
        String what = null;
        if (!next.fingerprint().equals(first.fingerprint())) {
            what = "do other work";
        } else if (!inputs(next).equals(inputs(first))) {
            what = "have other inputs";
        }
        if (what != null) {
            throw new IllegalArgumentException(
                    file + " and " + firstFile + " " + what + ": only runs of one job can be merged");
        }
    }

    private static String inputs(Comparison comparison) {
        return comparison.models().getFirst().runs().getFirst().inputs();
    }

    /** Where the comparisons of several machines did not come to the same; empty when they did. */
    public static List<String> differences(List<Comparison> all) {
        String first = outcomes(all.getFirst());
        return all.stream()
                .filter(each -> !outcomes(each).equals(first))
                .map(each -> "DIFFERENT OUTCOMES: " + each.machine().name() + " (" + each.started()
                        + ") did not come to the same as "
                        + all.getFirst().machine().name())
                .toList();
    }

    private static String outcomes(Comparison comparison) {
        return comparison.models().getFirst().runs().getFirst().outcomes();
    }

    private static Comparison read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IllegalArgumentException(file + " is too large to be a comparison");
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            int schema = node.path("schema").asInt();
            if (!node.isObject() || !node.has("fingerprint") || schema == 0) {
                throw new IllegalArgumentException(file + " is no comparison: save one with --save FILE");
            }
            if (schema != Comparison.SCHEMA) {
                throw new IllegalArgumentException(file + " is a comparison of schema " + schema
                        + ", and this Juggler reads " + Comparison.SCHEMA);
            }
            return JSON.treeToValue(node, Comparison.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is no comparison, or a damaged one: " + e.getOriginalMessage(), e);
        }
    }
}
