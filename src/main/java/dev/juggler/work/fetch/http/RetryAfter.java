package dev.juggler.work.fetch.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The wish of a server to be left alone for a time: RFC 9110, 10.2.3. */
final class RetryAfter {
    /** What is longer is cut to this; whoever obeys it has a shorter limit. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private RetryAfter() {}

    /** How long from now; empty when the head says nothing, nothing readable, or a time that is over. */
    static Optional<Duration> of(ResponseHead head, Instant now) {
        String text = head.headers().apply("retry-after");
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        String value = text.strip();
        boolean number = value.chars().allMatch(c -> c >= '0' && c <= '9');
        Optional<Duration> time = number ? Optional.of(seconds(value)) : untilDate(value, head, now);
        return time.filter(Duration::isPositive).map(found -> found.compareTo(LONGEST) > 0 ? LONGEST : found);
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
    }

    /** By the clock of the server, where it tells the time: ours may be wrong. */
    private static Optional<Duration> untilDate(String text, ResponseHead head, Instant now) {
        String date = head.headers().apply("date");
        Instant base = date == null ? now : HttpDates.parse(date).orElse(now);
        return HttpDates.parse(text).map(until -> Duration.between(base, until));
    }
}
