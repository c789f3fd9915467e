package dev.juggler.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A JSON Pointer by RFC 6901 in which {@code *} stands for every element of an array, or every member of an object.
 *
 * @param text as it was written
 * @param steps what stands between the slashes
 */
record PointerPattern(String text, List<String> steps) {
    private static final String ALL = "*";
    private static final Pattern BARE_TILDE = Pattern.compile("~(?![01])");

    /**
     * Reads a pattern; the empty one selects the whole document.
     *
     * @throws IllegalArgumentException when it is none
     */
    static PointerPattern parse(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw new IllegalArgumentException(
                    QuotedText.text(text) + " is no JSON Pointer: it begins with a slash, as /data/*/link");
        }
        if (BARE_TILDE.matcher(text).find()) {
            throw new IllegalArgumentException(
                    QuotedText.text(text) + " is no JSON Pointer: ~0 stands for ~ and ~1 for /");
        }
        List<String> steps = text.isEmpty()
                ? List.of()
                : Arrays.stream(text.substring(1).split("/", -1))
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList();
        return new PointerPattern(text, steps);
    }

    /** Returns whether it can select more than one value. */
    boolean selectsMany() {
        return steps.contains(ALL);
    }

    /** Gives every value it selects in a document, in order. */
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

    private static JsonNode child(JsonNode node, String step) {
        boolean index = node.isArray() && step.matches("0|[1-9][0-9]{0,8}");
        return index ? node.get(Integer.parseInt(step)) : node.get(step);
    }
}
