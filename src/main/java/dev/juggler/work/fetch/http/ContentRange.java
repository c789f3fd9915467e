package dev.juggler.work.fetch.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a body that an answer says it holds: RFC 9110, 14.4.
 *
 * @param first the place of its first byte, from 0
 * @param last the place of its last byte
 * @param total the length of the whole body, or -1 when the server does not know
 */
public record ContentRange(long first, long last, long total) {
    private static final Pattern FORM = Pattern.compile("(?i:bytes)\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** What the head says; null when that is missing, unreadable or impossible. */
    public static ContentRange of(ResponseHead head) {
        String text = head.headers().apply("content-range");
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
