package dev.juggler.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a file of variables as accepted by shells and Docker Compose: one {@code NAME=VALUE} per line, optionally
 * after {@code export}; values in single quotes are literal, in double quotes {@code \\n}, {@code \\t}, {@code \\"} and
 * {@code \\\\} are replaced; {@code #} begins a comment. The existing libraries do not support {@code export}.
 */
final class EnvFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*"
            + "(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|([^'\"#\\s](?:(?!\\s#).)*)?)\\s*(?:#.*)?");

    private EnvFile() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it cannot be read, or a line is malformed; the message does not quote it
     */
    static Map<String, String> read(Path file) {
        Map<String, String> variables = new HashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    throw new IllegalArgumentException(
                            "the env file " + file + " is invalid: line " + (i + 1) + " is not NAME=VALUE");
                }
                variables.put(parts.group(1), value(parts));
            }
        }
        return variables;
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("the env file " + file + " is larger than 1 MiB");
            }
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the env file " + file + ": " + FileErrorText.of(e), e);
        }
    }

    private static String value(Matcher parts) {
        if (parts.group(2) != null) {
            return parts.group(2);
        }
        if (parts.group(3) != null) {
            return parts.group(3).replace("\\n", "\n").replace("\\t", "\t").replaceAll("\\\\(.)", "$1");
        }
        return parts.group(4) == null ? "" : parts.group(4).strip();
    }
}
