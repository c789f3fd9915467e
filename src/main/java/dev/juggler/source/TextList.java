package dev.juggler.source;

import dev.juggler.job.Input;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A list of texts or a range of letters. */
record TextList(List<String> words) implements IndexedInputs {
    private static final Pattern LETTERS = Pattern.compile("([a-z])\\.\\.([a-z])|([A-Z])\\.\\.([A-Z])");

    TextList {
        words = List.copyOf(words);
    }

    /**
     * Returns the letters of {@code a..e}, {@code e..a} or {@code A..E}, or empty when {@code text} has another form.
     */
    static Optional<TextList> letters(String text) {
        Matcher form = LETTERS.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        char first = text.charAt(0);
        char last = text.charAt(3);
        int step = first <= last ? 1 : -1;
        return Optional.of(new TextList(IntStream.rangeClosed(0, Math.abs(last - first))
                .mapToObj(distance -> Character.toString(first + step * distance))
                .toList()));
    }

    @Override
    public long count() {
        return words.size();
    }

    @Override
    public Input at(long position) {
        return new Input.Text(words.get((int) position));
    }
}
