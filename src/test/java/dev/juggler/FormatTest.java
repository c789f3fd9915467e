package dev.juggler;

import static org.junit.jupiter.api.Assertions.fail;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every source file is formatted as palantir-java-format would. With {@code -Djuggler.format=apply}, which
 * {@code ./run.sh format} sets, the files are rewritten instead.
 */
class FormatTest {
    private static final boolean APPLY = "apply".equals(System.getProperty("juggler.format"));

    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    /** A file and what the formatter makes of it. */
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

    /** Every Java file, production and test code. Maven and IDEs run tests in the project's folder. */
    static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
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
