package dev.juggler.work.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * One argument of a command, cut at its placeholders once so that a task only joins the parts.
 *
 * @param parts what it is made of, in order
 */
record Word(List<Part> parts) {

    /** A piece of a word. */
    sealed interface Part {}

    /** Text that is the same for every task. */
    record Literal(String text) implements Part {}

    /** A piece that differs from task to task. */
    record Hole(Placeholder placeholder) implements Part {}

    /** The word that is the input and nothing else. */
    static final Word INPUT = new Word(List.of(new Hole(Placeholder.INPUT)));

    Word {
        parts = List.copyOf(parts);
    }

    /** Cuts the text at its placeholders; braces around anything else stay text. */
    static Word parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = Placeholder.ANY.matcher(text);
        int from = 0;
        while (matcher.find()) {
            parts.add(new Literal(text.substring(from, matcher.start())));
            parts.add(new Hole(Placeholder.ofToken(matcher.group())));
            from = matcher.end();
        }
        parts.add(new Literal(text.substring(from)));
        return new Word(parts);
    }

    boolean hasPlaceholder() {
        return parts.stream().anyMatch(Hole.class::isInstance);
    }

    /** The argument for the task of this number, counted from 1. */
    String fill(String input, long number) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> text.append(literal.text());
                case Hole hole -> text.append(hole.placeholder().of(input, number));
            }
        }
        return text.toString();
    }
}
