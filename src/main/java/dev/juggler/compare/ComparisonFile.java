package dev.juggler.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.juggler.report.Comparison;
import dev.juggler.report.ComparisonVerdict;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.ModelSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes comparisons as JSON documents, one for each file. */
public final class ComparisonFile {
    /** Larger files are rejected unread: no comparison reaches this size in bytes. */
    private static final long MAX_FILE_BYTES = 1L << 28;

    /** Writes the components of records only, not derived values such as {@code isClean}. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private ComparisonFile() {}

    /** The JSON document to save, in one line. */
    public static byte[] bytes(Comparison comparison) throws JsonProcessingException {
        return JSON.writeValueAsBytes(comparison);
    }

    /**
     * The JSON report on several comparisons, in one line: the comparisons without their timelines, the rows of the
     * table and the verdict.
     */
    public static byte[] report(List<Comparison> all, List<String> differences) throws JsonProcessingException {
        List<ReportEntry> entries = all.stream()
                .map(each -> new ReportEntry(each.withoutTimelines(), each.summaries(), ComparisonVerdict.of(each)))
                .toList();
        return (JSON.writeValueAsString(new ComparisonReport(Comparison.SCHEMA, entries, differences)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private record ReportEntry(Comparison comparison, List<ModelSummary> table, List<String> verdict) {}

    private record ComparisonReport(int schema, List<ReportEntry> comparisons, List<String> differences) {}

    /**
     * Reads several comparisons of one job.
     *
     * @throws IllegalArgumentException if a file is not a comparison or belongs to another job than the first; the
     *     message names the file
     * @throws IOException if a file cannot be read
     */
    public static List<Comparison> readAll(List<Path> files) throws IOException {
        List<Comparison> all = new ArrayList<>();
        for (Path file : files) {
            Comparison next = read(file);
            if (!all.isEmpty()) {
                checkSameJob(files.getFirst(), all.getFirst(), file, next);
            }
            all.add(next);
        }
        return all;
    }

    private static void checkSameJob(Path firstFile, Comparison first, Path file, Comparison next) {
        String difference = null;
        if (!next.comparedJob().fingerprint().equals(first.comparedJob().fingerprint())) {
            difference = "work";
        } else if (!digests(next).inputs().equals(digests(first).inputs())) {
            difference = "inputs";
        }
        if (difference != null) {
            throw new IllegalArgumentException("cannot merge " + file + " with " + firstFile + ": they have different "
                    + difference + "; merge comparisons of one job");
        }
    }

    /** The digests of the comparison's first run; those of all other runs were compared with them. */
    private static MeasuredRun.Digests digests(Comparison comparison) {
        return comparison.models().getFirst().runs().getFirst().digests();
    }

    /** A sentence for each machine whose outcomes differ from the first machine's; empty when all agree. */
    public static List<String> differences(List<Comparison> all) {
        Comparison first = all.getFirst();
        return all.stream()
                .filter(each -> !digests(each).outcomes().equals(digests(first).outcomes()))
                .map(each -> "DIFFERENT OUTCOMES: " + each.machine().name() + " ("
                        + each.setup().started() + ") had other outcomes than "
                        + first.machine().name())
                .toList();
    }

    private static Comparison read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(
                    file + " is too large to be a comparison: it has more than " + MAX_FILE_BYTES + " bytes");
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            int schema = node.path("schema").asInt();
            if (!node.isObject() || !node.has("fingerprint") || schema == 0) {
                throw new IllegalArgumentException(file + " is not a comparison; save one with --save FILE");
            }
            if (schema != Comparison.SCHEMA) {
                throw new IllegalArgumentException(
                        file + " has schema " + schema + ", but this version of Juggler reads " + Comparison.SCHEMA
                                + "; measure it again with this version");
            }
            return JSON.treeToValue(node, Comparison.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is not a comparison or is damaged: " + e.getOriginalMessage(), e);
        }
    }
}
