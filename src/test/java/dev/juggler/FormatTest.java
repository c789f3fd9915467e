package dev.juggler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that sources are formatted with palantir-java-format and that prose follows {@link ProseRules}. With
 * {@code -Djuggler.format=apply}, which {@code ./run.sh format} sets, it rewrites the files instead of checking
 * anything.
 */
class FormatTest {
    private static final boolean APPLY = "apply".equals(System.getProperty("juggler.format"));

    /**
     * Packages, including those below them, and classes whose comments are not checked yet. Replace the value by
     * {@code Set.of()} to check all of them.
     */
    private static final Set<String> UNCHECKED_SOURCES = Set.of();

    /** Folders and files of Markdown whose widths are not checked yet; to be emptied likewise. */
    private static final Set<String> UNCHECKED_DOCUMENTS = Set.of();

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    /** A finding of a rule in a file, or none. */
    @FunctionalInterface
    private interface Rule {
        List<String> findings(Path file) throws IOException;
    }

    /** A file before and after formatting. */
    private record Formatted(Path file, String before, String after) {
        boolean changed() {
            return !before.equals(after);
        }
    }

    @Test
    void sourcesAreFormatted() throws IOException {
        List<Formatted> changed = sources().parallelStream()
                .map(this::format)
                .filter(Formatted::changed)
                .toList();
        if (APPLY) {
            for (Formatted each : changed) {
                Files.writeString(each.file(), each.after());
                System.out.println("formatted " + each.file());
            }
        } else if (!changed.isEmpty()) {
            fail(changed.stream()
                    .map(FormatTest::describe)
                    .collect(Collectors.joining("\n", "not formatted; run ./run.sh format:\n", "")));
        }
    }

    @Test
    void commentsAreNarrow() throws IOException {
        List<Path> files = new ArrayList<>(checkedSources());
        files.addAll(scripts());
        check(files, ProseRules::wideComments);
    }

    @Test
    void proseInDocumentsIsNarrow() throws IOException {
        check(documents(), ProseRules::wideProse);
    }

    @Test
    void javadocSaysWhatAThingIsOrDoes() throws IOException {
        check(checkedSources(), ProseRules::indirectJavadoc);
    }

    @Test
    void topLevelClassesHaveDifferentSimpleNames() throws IOException {
        check(List.of(Path.of("src/main/java"), Path.of("src/test/java")), ProseRules::sharedNames);
    }

    private static void check(List<Path> files, Rule rule) throws IOException {
        assumeFalse(APPLY, "only formatting was requested");
        assertFalse(files.isEmpty(), "there is nothing to check");
        List<String> findings = new ArrayList<>();
        for (Path file : files) {
            findings.addAll(rule.findings(file));
        }
        assertEquals(List.of(), findings, () -> String.join("\n", findings) + "\n");
    }

    private static List<Path> checkedSources() throws IOException {
        return sources().stream()
                .filter(file -> UNCHECKED_SOURCES.stream().noneMatch(name -> isIn(name, file)))
                .toList();
    }

    /** Returns true if a file holds the class with this name or is in the package or below it. */
    private static boolean isIn(String name, Path file) {
        String path = "java/" + name.replace('.', '/');
        return file.toString().contains(path + "/") || file.toString().endsWith(path + ".java");
    }

    private static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>(List.of(Path.of("run.sh"), Path.of(".ci/run")));
        scripts.addAll(files(Path.of("src"), ".sh"));
        scripts.addAll(files(Path.of("src"), ".py"));
        return scripts;
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(files(Path.of("src/docs"), ".md"));
        documents.addAll(files(Path.of(".github"), ".md"));
        documents.add(Path.of("README.md"));
        documents.removeIf(file -> UNCHECKED_DOCUMENTS.stream().anyMatch(file::startsWith));
        return documents;
    }

    private static List<Path> files(Path folder, String extension) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .toList();
        }
    }

    /** Every Java file, production and test code. Maven and IDEs run tests in the project's folder. */
    static List<Path> sources() throws IOException {
        return files(Path.of("src"), ".java");
    }

    private Formatted format(Path file) {
        try {
            String before = Files.readString(file);
            return new Formatted(file, before, formatter.formatSourceAndFixImports(before));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FormatterException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    private static String describe(Formatted formatted) {
        List<String> is = List.of(formatted.before().split("\n", -1));
        List<String> wanted = List.of(formatted.after().split("\n", -1));
        int line = 0;
        while (line < is.size() && line < wanted.size() && is.get(line).equals(wanted.get(line))) {
            line++;
        }
        return "  %s:%d: is %s, should be %s"
                .formatted(formatted.file(), line + 1, quoted(is, line), quoted(wanted, line));
    }

    private static String quoted(List<String> lines, int line) {
        return Optional.of(line)
                .filter(index -> index < lines.size())
                .map(index -> "\"" + lines.get(index) + "\"")
                .orElse("the end of the file");
    }
}
