package dev.juggler.work.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * One argument of a command, split at its placeholders once, so that a task only joins the parts.
 *
 * @param parts its parts, in order
 */
record CommandWord(List<WordPart> parts) {

    /** A part of a word. */
    sealed interface WordPart {}

    /** Text that is the same for every task. */
    record LiteralPart(String text) implements WordPart {}

    /** A part that differs from task to task. */
    record PlaceholderPart(Placeholder placeholder) implements WordPart {}

    /** The word that consists of the input. */
    static final CommandWord INPUT = new CommandWord(List.of(new PlaceholderPart(Placeholder.INPUT)));

    CommandWord {
        parts = List.copyOf(parts);
    }

    /** Splits the text at its placeholders. Other braces remain text. */
    static CommandWord parse(String text) {
        List<WordPart> parts = new ArrayList<>();
        Matcher matcher = Placeholder.ANY.matcher(text);
        int from = 0;
        while (matcher.find()) {
            parts.add(new LiteralPart(text.substring(from, matcher.start())));
            parts.add(new PlaceholderPart(Placeholder.ofToken(matcher.group())));
            from = matcher.end();
        }
        parts.add(new LiteralPart(text.substring(from)));
        return new CommandWord(parts);
    }

    boolean hasPlaceholder() {
        return parts.stream().anyMatch(PlaceholderPart.class::isInstance);
    }

    /** Returns the argument for the task with this number, counted from 1. */
    String fill(String input, long number) {
        StringBuilder text = new StringBuilder();
        for (WordPart next : parts) {
            switch (next) {
                case LiteralPart literal -> text.append(literal.text());
                case PlaceholderPart part -> text.append(part.placeholder().of(input, number));
            }
        }
        return text.toString();
    }
}
