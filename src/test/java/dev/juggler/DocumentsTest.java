package dev.juggler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.cli.Commands;
import dev.juggler.cli.command.CommandTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documents name only what exists: files, headings, classes and commands. */
class DocumentsTest {
    private static final int LONGEST_PROSE = 140;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    /** Two words in one, such as {@code JobRegistry}: of one word it is not known whether a class is meant. */
    private static final Pattern CLASS =
            Pattern.compile("(?:[a-z]+\\.)*([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]+)+)(?:\\.\\w+)?");

    private static final Pattern COMMAND = Pattern.compile("\\./run\\.sh ([a-z]+[a-z-]*)");

    /** Words of run.sh itself. */
    private static final Set<String> OF_SCRIPT = Set.of("test", "format");

    /** Classes of others that the documents speak of. */
    private static final Set<String> OF_OTHERS = Set.of(
            "AOTCompileEagerly",
            "ArchiveRelocationMode",
            "CompletionStage",
            "DiscardMergePolicy",
            "Gradient2Limit",
            "GradientLimit",
            "HttpClientStream",
            "LogClassLoadingCauseFor",
            "ProcessPoolExecutor",
            "ThreadPoolExecutor",
            "UnpooledHttpClientConnection",
            "VegasLimit");

    private static List<Path> documents;

    @BeforeAll
    static void findDocuments() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("src", "docs"));
                Stream<Path> hidden = Files.exists(Path.of(".github")) ? Files.walk(Path.of(".github")) : Stream.of()) {
            documents = Stream.of(Stream.of(Path.of("README.md")), docs, hidden)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
        assertTrue(documents.size() > 10, "documents: " + documents);
    }

    @Test
    void linksLeadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents) {
            for (MatchResult link : all(LINK, Files.readString(document))) {
                if (!link.group(1).contains("://") && !leadsSomewhere(document, link.group(1), link.group(2))) {
                    broken.add(document + ": " + link.group());
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Path document, String file, String heading) throws IOException {
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        return Files.exists(target) && (heading == null || headings(target).contains(heading));
    }

    /** The anchors of a document's headings, as GitHub makes them. */
    private static Set<String> headings(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase()
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void classesThatAreNamedExist() throws IOException {
        Set<String> known = FormatTest.sources().stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        String sources = FormatTest.sources().stream().map(DocumentsTest::read).collect(Collectors.joining());
        Set<String> unknown = new TreeSet<>();
        for (Path document : documents) {
            for (MatchResult code : all(CODE, Files.readString(document))) {
                for (MatchResult name : all(CLASS, code.group(1))) {
                    boolean isNamed = code.group(1).equals(name.group())
                            && !known.contains(name.group(1))
                            && !OF_OTHERS.contains(name.group(1))
                            && !sources.contains(" " + name.group(1) + "(")
                            && !sources.contains(" " + name.group(1) + " ");
                    if (isNamed) {
                        unknown.add(document + ": " + name.group());
                    }
                }
            }
        }
        assertEquals(Set.of(), unknown);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void commandsThatAreNamedExist() throws IOException {
        Set<String> known = Commands.parserFor(CommandTail.split(new String[0]))
                .getSubcommands()
                .keySet();
        Set<String> unknown = new TreeSet<>();
        for (Path document : documents) {
            for (MatchResult command : all(COMMAND, Files.readString(document))) {
                if (!known.contains(command.group(1)) && !OF_SCRIPT.contains(command.group(1))) {
                    unknown.add(document + ": " + command.group());
                }
            }
        }
        assertFalse(known.isEmpty());
        assertEquals(Set.of(), unknown);
    }

    @Test
    void linesOfProseFitAnEditor() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path document : documents) {
            boolean code = false;
            int number = 0;
            for (String line : Files.readAllLines(document)) {
                number++;
                code ^= line.startsWith("```");
                if (!code
                        && line.length() > LONGEST_PROSE
                        && !line.startsWith("|")
                        && !line.startsWith("    ")
                        && !line.startsWith("!")) {
                    tooLong.add(document + ":" + number + ": " + line.length() + " columns");
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
