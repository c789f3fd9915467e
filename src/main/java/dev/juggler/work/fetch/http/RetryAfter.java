package dev.juggler.work.fetch.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Parses the Retry-After header: RFC 9110, 10.2.3. */
final class RetryAfter {
    /** Longer pauses are cut to this; its users have shorter limits. */
    private static final Duration MAX_PAUSE = Duration.ofDays(365);

    private RetryAfter() {}

    /** Returns the pause from now; empty when the header is missing, unreadable, or in the past. */
    static Optional<Duration> of(ResponseHead head, Instant now) {
        String text = head.headers().get("retry-after");
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        String value = text.strip();
        boolean number = value.chars().allMatch(c -> c >= '0' && c <= '9');
        Optional<Duration> time = number ? Optional.of(seconds(value)) : untilDate(value, head, now);
        return time.filter(Duration::isPositive).map(found -> found.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : found);
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? MAX_PAUSE : Duration.ofSeconds(Long.parseLong(digits));
    }

    /** Measures by the clock of the server where the response has a Date: ours may be wrong. */
    private static Optional<Duration> untilDate(String text, ResponseHead head, Instant now) {
        String date = head.headers().get("date");
        Instant base = date == null ? now : HttpDates.parse(date).orElse(now);
        return HttpDates.parse(text).map(until -> Duration.between(base, until));
    }
}
