package dev.juggler.work.fetch.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The range of a body that a partial response declares: RFC 9110, 14.4.
 *
 * @param first offset of its first byte, from 0
 * @param last offset of its last byte
 * @param total the length of the whole body, or -1 when the server does not know it
 */
public record ContentRange(long first, long last, long total) {
    private static final Pattern FORM = Pattern.compile("(?i:bytes)\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** Parses the Content-Range of a response; null when it is missing, malformed or impossible. */
    public static @Nullable ContentRange of(ResponseHead head) {
        String text = head.headers().get("content-range");
        Matcher matcher = text == null ? null : FORM.matcher(text.strip());
        if (matcher == null || !matcher.matches()) {
            return null;
        }
        long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
        ContentRange range =
                new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), total);
        return range.last < range.first || (total >= 0 && range.last >= total) ? null : range;
    }

    public long length() {
        return last - first + 1;
    }
}
