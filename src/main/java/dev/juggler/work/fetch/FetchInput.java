package dev.juggler.work.fetch;

import dev.juggler.work.fetch.saving.Checksum;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.InvalidUrlException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An input taken apart: a URL and, after a space, {@code ALGORITHM=HEX} where its checksum is known.
 *
 * @param checksum or null
 */
record FetchInput(HttpUrl target, Checksum checksum) {
    private static final Pattern CHECKSUM = Pattern.compile("\\s([A-Za-z][A-Za-z0-9_-]{0,15})=(\\S*)$");

    /** What algorithms have in their names, and the end of a query with a raw space in it seldom has. */
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    /** So many digits that they are no such query either. */
    private static final Pattern DIGEST = Pattern.compile("[0-9A-Fa-f]{16,}");

    static FetchInput parse(String key) throws InvalidUrlException {
        String text = key.strip();
        if (text.indexOf(' ') < 0 && text.indexOf('\t') < 0) {
            return new FetchInput(HttpUrl.parse(text), null);
        }
        Matcher checksum = CHECKSUM.matcher(text);
        return checksum.find() && isMeant(checksum.group(1), checksum.group(2))
                ? new FetchInput(
                        HttpUrl.parse(text.substring(0, checksum.start())),
                        Checksum.parse(checksum.group(1), checksum.group(2)))
                : new FetchInput(HttpUrl.parse(text), null);
    }

    /** Whether it is to be a checksum, right or wrong: one that is mistyped must not go unchecked. */
    private static boolean isMeant(String name, String value) {
        return Checksum.isKnown(name)
                || DIGIT.matcher(name).find()
                || DIGEST.matcher(value).matches();
    }
}
