package dev.juggler.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Pointer by RFC 6901 in which {@code *} selects every element of an array or every member of an object.
 *
 * @param text the pointer as text
 * @param steps its unescaped tokens
 */
record PointerPattern(String text, List<String> steps) {
    private static final String ALL = "*";
    private static final Pattern BARE_TILDE = Pattern.compile("~(?![01])");

    /**
     * Parses a pattern. The empty one selects the whole document.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    static PointerPattern parse(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw new IllegalArgumentException(
                    QuotedText.text(text) + " is not a JSON Pointer: begin it with a slash, as in /data/*/link");
        }
        if (BARE_TILDE.matcher(text).find()) {
            throw new IllegalArgumentException(
                    QuotedText.text(text) + " is not a JSON Pointer: write ~0 for ~ and ~1 for /");
        }
        List<String> steps = text.isEmpty()
                ? List.of()
                : Arrays.stream(text.substring(1).split("/", -1))
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList();
        return new PointerPattern(text, steps);
    }

    /** Returns whether the pattern can select more than one value. */
    boolean selectsMany() {
        return steps.contains(ALL);
    }

    /** Passes every selected value of a document to a consumer, in order. */
    void select(JsonNode document, Consumer<JsonNode> each) {
        select(document, 0, each);
    }

    private void select(JsonNode node, int depth, Consumer<JsonNode> each) {
        if (depth == steps.size()) {
            each.accept(node);
        } else if (steps.get(depth).equals(ALL)) {
            node.forEach(child -> select(child, depth + 1, each));
        } else {
            JsonNode child = child(node, steps.get(depth));
            if (child != null) {
                select(child, depth + 1, each);
            }
        }
    }

    private static @Nullable JsonNode child(JsonNode node, String step) {
        boolean index = node.isArray() && step.matches("0|[1-9][0-9]{0,8}");
        return index ? node.get(Integer.parseInt(step)) : node.get(step);
    }
}
