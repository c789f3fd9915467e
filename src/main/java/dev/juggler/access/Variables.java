package dev.juggler.access;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expands {@code ${NAME}} to a value given to this process, else an environment variable, else a line of an env file.
 * <code>$${</code> is a literal <code>${</code>. Has no readable {@code toString}, since values are secrets.
 */
public final class Variables {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$\\{|\\{([^}]*)}?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final UnaryOperator<String> environment;
    private final Map<String, String> given;
    private final Map<String, String> file;

    Variables(Map<String, String> given, UnaryOperator<String> environment, Map<String, String> file) {
        this.given = Map.copyOf(given);
        this.environment = environment;
        this.file = file;
    }

    /**
     * Reads the env file, if there is one.
     *
     * @param given values by name that are not defined elsewhere, such as a password typed on the terminal
     * @throws IllegalArgumentException when the file cannot be read, or has a line that is not {@code NAME=VALUE}
     */
    public static Variables of(Map<String, String> given, Optional<Path> envFile) {
        return new Variables(given, System::getenv, envFile.map(EnvFile::read).orElse(Map.of()));
    }

    /**
     * Replaces every reference in a text.
     *
     * @throws IllegalArgumentException when a variable is not set, or a reference is malformed
     */
    public String expand(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2) == null ? "${" : value(found.group(2))));
    }

    private String value(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "${…} does not contain the name of a variable; write $${ for a literal ${");
        }
        @Nullable String value = given.get(name);
        value = value == null ? environment.apply(name) : value;
        value = value == null ? file.get(name) : value;
        if (value == null) {
            throw new IllegalArgumentException(
                    "the variable " + name + " is not set; set it in the environment or in the file of --env-file");
        }
        return value;
    }

    /** Returns whether a text refers to a variable. */
    public static boolean hasReference(String text) {
        return REFERENCE.matcher(text).results().anyMatch(found -> found.group(2) != null);
    }

    /** Escapes a text so that {@link #expand} returns it unchanged. */
    public static String quote(String text) {
        return text.replace("${", "$${");
    }
}
