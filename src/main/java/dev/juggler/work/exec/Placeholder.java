package dev.juggler.work.exec;

import java.util.Arrays;
import java.util.regex.Pattern;

/** The placeholders of a command, which are those of GNU parallel. */
enum Placeholder {
    INPUT("{}", "j_input") {
        @Override
        String of(String input, long number) {
            return input;
        }
    },
    WITHOUT_EXTENSION("{.}", "j_noext") {
        @Override
        String of(String input, long number) {
            return withoutExtension(input);
        }
    },
    BASENAME("{/}", "j_base") {
        @Override
        String of(String input, long number) {
            return basename(input);
        }
    },
    DIRNAME("{//}", "j_dir") {
        @Override
        String of(String input, long number) {
            return dirname(input);
        }
    },
    STEM("{/.}", "j_stem") {
        @Override
        String of(String input, long number) {
            return withoutExtension(basename(input));
        }
    },
    NUMBER("{#}", "j_number") {
        @Override
        String of(String input, long number) {
            return Long.toString(number);
        }
    };

    /** Matches the tokens of all placeholders of this enum. */
    static final Pattern ANY = Pattern.compile("\\{(?:|\\.|/|//|/\\.|#)}");

    private final String token;
    private final String variable;

    Placeholder(String token, String variable) {
        this.token = token;
        this.variable = variable;
    }

    /** Returns the text that replaces the placeholder for the task with this number, counted from 1. */
    abstract String of(String input, long number);

    /** Returns the shell variable that contains the replacement in a script. */
    String variable() {
        return variable;
    }

    String token() {
        return token;
    }

    static Placeholder ofToken(String token) {
        return Arrays.stream(values())
                .filter(placeholder -> placeholder.token.equals(token))
                .findFirst()
                .orElseThrow();
    }

    private static String withoutExtension(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
    }

    /** Returns the text after the last slash, which is empty when the path ends with a slash. */
    private static String basename(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String dirname(String path) {
        String trimmed = withoutEndSlashes(path);
        String parent = withoutEndSlashes(trimmed.substring(0, trimmed.lastIndexOf('/') + 1));
        if (parent.isEmpty()) {
            return path.startsWith("/") ? "/" : ".";
        }
        return parent;
    }

    private static String withoutEndSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
