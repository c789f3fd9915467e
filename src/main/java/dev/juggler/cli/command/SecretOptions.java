package dev.juggler.cli.command;

import dev.juggler.access.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the secrets of a command line out of all files and messages: a job's spec gets names of variables, and the work
 * gets their values.
 */
public final class SecretOptions {
    /** The text that replaces a secret wherever arguments are shown. */
    public static final String MASK = "***";

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Returns a reference to a variable with this text; the text itself if it already refers to variables. */
    public String hide(String text) {
        if (Variables.hasReference(text)) {
            return text;
        }
        // Without the prefix JUGGLER_, which belongs to options.
        String name = "_SECRET_" + (values.size() + 1);
        values.put(name, Variables.of(Map.of(), Optional.empty()).expand(text));
        return "${" + name + "}";
    }

    /** Returns the values of the variables by name. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }
}
