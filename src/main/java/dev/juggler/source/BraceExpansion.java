package dev.juggler.source;

import dev.juggler.job.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Expands the braces of a URL like bash, but is strict like curl where bash would leave a mistake in the text: an
 * unmatched brace, nested braces and an invalid range are errors. <code>{}</code> and <code>{word}</code> are not
 * expanded, nor is a brace or comma after a backslash.
 */
final class BraceExpansion {
    private final String text;
    private final List<IndexedInputs> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private BraceExpansion(String text) {
        this.text = text;
    }

    /**
     * Returns the inputs that a text with braces expands to.
     *
     * @throws IllegalArgumentException when its braces are malformed
     */
    static IndexedInputs parse(String text) {
        return new BraceExpansion(text).parse();
    }

    private IndexedInputs parse() {
        int at = 0;
        while (at < text.length()) {
            at = switch (text.charAt(at)) {
                case '{' -> braces(at);
                case '}' -> throw malformed("the '}' at position " + (at + 1) + " has no '{' before it");
                default -> character(text, at, literal);
            };
        }
        endLiteral();
        if (parts.isEmpty()) {
            return new IndexedInputs.One(new Input.Text(""));
        }
        try {
            return CartesianProduct.of(parts);
        } catch (ArithmeticException e) {
            throw malformed("its braces expand to more inputs than can be counted");
        }
    }

    /** Reads the braces that begin at {@code open}. Returns the position after them. */
    private int braces(int open) {
        int close = closing(open);
        String body = text.substring(open + 1, close);
        Optional<? extends IndexedInputs> choice = choice(body);
        if (choice.isPresent()) {
            endLiteral();
            parts.add(choice.get());
        } else if (body.contains("..")) {
            throw malformed((hidesUser() ? "the content of its braces" : QuotedText.text("{" + body + "}"))
                    + " is not a range such as {1..100}, {01..10}, {1..9..2} or {a..e}");
        } else {
            literal.append('{').append(alternatives(body).getFirst()).append('}');
        }
        return close + 1;
    }

    private int closing(int open) {
        for (int at = open + 1; at < text.length(); at += escaped(text, at) ? 2 : 1) {
            if (text.charAt(at) == '}') {
                return at;
            }
            if (text.charAt(at) == '{') {
                throw malformed("the '{' at position " + (at + 1) + " is inside other braces");
            }
        }
        throw malformed("the '{' at position " + (open + 1) + " has no '}' after it");
    }

    private Optional<? extends IndexedInputs> choice(String body) {
        List<String> alternatives = alternatives(body);
        if (alternatives.size() > 1) {
            return Optional.of(new TextList(alternatives));
        }
        try {
            Optional<NumberRange> numbers = NumberRange.parse(body, NumberRange.StepSign.IGNORED);
            return numbers.isPresent() ? numbers : TextList.letters(body);
        } catch (IllegalArgumentException e) {
            throw malformed(hidesUser() ? "its range cannot be used" : String.valueOf(e.getMessage()));
        }
    }

    private static List<String> alternatives(String body) {
        List<String> alternatives = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            if (body.charAt(at) == ',') {
                alternatives.add(current.toString());
                current.setLength(0);
                at++;
            } else {
                at = character(body, at, current);
            }
        }
        alternatives.add(current.toString());
        return alternatives;
    }

    /** Appends the character at a position, without a backslash that escapes it. Returns the position after it. */
    private static int character(String from, int at, StringBuilder to) {
        int position = escaped(from, at) ? at + 1 : at;
        to.append(from.charAt(position));
        return position + 1;
    }

    private static boolean escaped(String from, int at) {
        return from.charAt(at) == '\\' && at + 1 < from.length() && "{},".indexOf(from.charAt(at + 1)) >= 0;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new IndexedInputs.One(new Input.Text(literal.toString())));
            literal.setLength(0);
        }
    }

    /** Returns the text without the user and password of a URL, which may contain the braces. */
    private String shown() {
        return Input.url(text).key();
    }

    private boolean hidesUser() {
        return !shown().equals(text);
    }

    private IllegalArgumentException malformed(String reason) {
        return new IllegalArgumentException(
                QuotedText.text(shown()) + ": " + reason + " (--literal does not expand braces)");
    }
}
