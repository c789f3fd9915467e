package dev.juggler.cli.command;

import dev.juggler.access.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is secret on a command line, on its way past all that is written down: a job's spec gets the names of variables,
 * the work their values.
 */
public final class SecretOptions {
    /** What stands for a secret wherever arguments are shown. */
    public static final String MASK = "***";

    private final Map<String, String> values = new LinkedHashMap<>();

    /** A text that stands for this one; the same when it holds no secret itself but the names of variables. */
    public String hide(String text) {
        if (Variables.hasReference(text)) {
            return text;
        }
        // No JUGGLER_ in front: such variables are options.
        String name = "_SECRET_" + (values.size() + 1);
        values.put(name, Variables.of(Map.of(), Optional.empty()).expand(text));
        return "${" + name + "}";
    }

    /** The values by the names that stand for them. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }
}
