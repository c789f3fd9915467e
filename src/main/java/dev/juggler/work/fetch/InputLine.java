package dev.juggler.work.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An input taken apart: a URL and, after a space, {@code ALGORITHM=HEX} where its checksum is known.
 *
 * @param checksum or null
 */
record InputLine(Target target, Checksum checksum) {
    /** So many digits that no query with a raw space in it is taken for one. */
    private static final Pattern CHECKSUM = Pattern.compile("\\s([A-Za-z][A-Za-z0-9-]{0,15})=([0-9A-Fa-f]{16,})$");

    static InputLine parse(String key) throws MalformedUrlException {
        String text = key.strip();
        if (text.indexOf(' ') < 0 && text.indexOf('\t') < 0) {
            return new InputLine(Target.parse(text), null);
        }
        Matcher checksum = CHECKSUM.matcher(text);
        return checksum.find()
                ? new InputLine(
                        Target.parse(text.substring(0, checksum.start())),
                        Checksum.parse(checksum.group(1), checksum.group(2)))
                : new InputLine(Target.parse(text), null);
    }
}
