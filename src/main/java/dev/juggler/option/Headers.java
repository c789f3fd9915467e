package dev.juggler.option;

import dev.juggler.job.FetchSpec.Header;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The header fields of a request, in the order in which they are sent. */
public record Headers(List<Header> fields) {

    public Headers {
        fields = List.copyOf(fields);
    }

    /** Headers by name. */
    public static Headers of(Map<String, String> values) {
        return new Headers(values.entrySet().stream()
                .map(field -> new Header(field.getKey(), field.getValue()))
                .toList());
    }

    /**
     * Reads lines such as {@code Accept: text/html}.
     *
     * @throws IllegalArgumentException when one has no name; its text may be a token in the wrong place, so the message
     *     does not quote it
     */
    static Headers parse(List<String> lines) {
        return new Headers(lines.stream().map(Headers::field).toList());
    }

    private static Header field(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("a --header has no name: write 'NAME: VALUE'");
        }
        return new Header(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }

    /** These headers with every value changed. */
    public Headers mapValues(UnaryOperator<String> change) {
        return new Headers(fields.stream()
                .map(field -> new Header(field.name(), change.apply(field.value())))
                .toList());
    }

    /** These headers with the values hidden that may be secret. */
    Headers hide(UnaryOperator<String> hider) {
        return new Headers(fields.stream()
                .map(field -> field.isHarmless() ? field : new Header(field.name(), hider.apply(field.value())))
                .toList());
    }
}
