package dev.juggler.work.fetch.http;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** Dates in headers: RFC 9110, 5.6.7. */
public final class HttpDates {
    private HttpDates() {}

    /** Parses a date in any of the three accepted formats; empty for other text. */
    public static Optional<Instant> parse(String text) {
        return Optional.ofNullable(DateFormatter.parseHttpDate(text)).map(Date::toInstant);
    }

    /** Formats a date in the one format to be generated. */
    public static String format(Instant time) {
        return DateFormatter.format(Date.from(time));
    }
}
