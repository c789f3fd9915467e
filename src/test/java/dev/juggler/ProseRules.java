package dev.juggler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules for prose in source and documents that a program can check. */
final class ProseRules {
    private static final int MAX_COMMENT_COLUMNS = 120;
    private static final int MAX_MARKDOWN_COLUMNS = 140;
    private static final Pattern JAVA_COMMENT = Pattern.compile("\\s*(//|/?\\*).*");
    private static final Pattern SCRIPT_COMMENT = Pattern.compile("\\s*#.*");

    /** First words that describe a thing by a clause instead of naming it. */
    private static final Pattern INDIRECT_START =
            Pattern.compile("(What|Whether|How|Where|Who)\\b.*|(The same|Of the)\\b.*", Pattern.DOTALL);

    /** A table row, a code line in an indented block, an image or link alone, or the definition of a link. */
    private static final Pattern NOT_PROSE =
            Pattern.compile("\\s*\\|.*|( {4}|\\t).*|\\s*([-*] )?!?\\[.*]\\(\\S+\\)[.,;]?|\\[.*]: .*|\\s*<https?:\\S+>");

    private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");

    private ProseRules() {}

    /** A sentence for each comment line of a Java source or script that is too wide. */
    static List<String> wideComments(Path file) throws IOException {
        Pattern comment = file.toString().endsWith(".java") ? JAVA_COMMENT : SCRIPT_COMMENT;
        List<String> findings = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            int columns = columns(lines.get(i));
            if (columns > MAX_COMMENT_COLUMNS && comment.matcher(lines.get(i)).matches()) {
                findings.add(
                        at(file, i) + "a comment of %d columns; at most %d".formatted(columns, MAX_COMMENT_COLUMNS));
            }
        }
        return findings;
    }

    /** A sentence for each line of prose in a Markdown file that is too wide. */
    static List<String> wideProse(Path file) throws IOException {
        List<String> findings = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        boolean code = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean fence = FENCE.matcher(line).matches();
            code ^= fence;
            int columns = columns(line);
            if (columns > MAX_MARKDOWN_COLUMNS
                    && !code
                    && !fence
                    && !NOT_PROSE.matcher(line).matches()) {
                findings.add(at(file, i) + "a line of %d columns; at most %d".formatted(columns, MAX_MARKDOWN_COLUMNS));
            }
        }
        return findings;
    }

    /** A sentence for each Javadoc comment whose first sentence does not say what the thing is or does. */
    static List<String> indirectJavadoc(Path file) throws IOException {
        List<String> findings = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("/**")) {
                String rest = line.substring(3).strip();
                String start = rest.isEmpty() && i + 1 < lines.size()
                        ? lines.get(i + 1).strip().replaceFirst("^\\*\\s*", "")
                        : rest;
                if (INDIRECT_START.matcher(start).matches()) {
                    findings.add(at(file, i) + "Javadoc begins with '" + start.split("\\s+", 2)[0]
                            + "'; say what it is or does");
                }
            }
        }
        return findings;
    }

    /** A sentence for each simple name that several top-level classes below a folder share. */
    static List<String> sharedNames(Path folder) throws IOException {
        Map<String, List<Path>> byName = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .forEach(file -> byName.computeIfAbsent(file.getFileName().toString(), any -> new ArrayList<>())
                            .add(file));
        }
        return byName.values().stream()
                .filter(files -> files.size() > 1)
                .map(files -> files + " share a simple name")
                .toList();
    }

    private static int columns(String line) {
        return line.codePointCount(0, line.length());
    }

    private static String at(Path file, int index) {
        return String.format(Locale.ROOT, "%s:%d: ", file, index + 1);
    }
}
