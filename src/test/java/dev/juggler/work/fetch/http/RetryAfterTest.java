package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.job.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");

    private static Optional<Duration> of(String value) {
        return RetryAfter.of(new ResponseHead(503, Map.of("retry-after", value)::get), NOW);
    }

    @Test
    void readsSecondsAndLimitsHugeValues() {
        assertEquals(Optional.of(Duration.ofSeconds(120)), of(" 120 "));
        for (String huge : List.of("999999999", "99999999999999999999999")) {
            assertEquals(Optional.of(Duration.ofDays(365)), of(huge));
        }
    }

    @Test
    void readsAllThreeFormsOfDates() {
        for (String date : List.of(
                "Sat, 21 Nov 2026 18:01:30 GMT", "Saturday, 21-Nov-26 18:01:30 GMT", "Sat Nov 21 18:01:30 2026")) {
            assertEquals(Optional.of(Duration.ofSeconds(90)), of(date), date);
        }
        assertEquals(Optional.of(Duration.ofDays(365)), of("Fri, 31 Dec 9999 23:59:59 GMT"));
    }

    @Test
    void takesDatesByTheClockOfTheServer() {
        Map<String, String> headers =
                Map.of("date", "Sat, 21 Nov 2026 12:00:00 GMT", "retry-after", "Sat, 21 Nov 2026 12:00:10 GMT");
        assertEquals(Optional.of(Duration.ofSeconds(10)), RetryAfter.of(new ResponseHead(429, headers::get), NOW));
    }

    @Test
    void ignoresNegativePastAndUnreadableValues() {
        for (String odd :
                List.of("", " ", "0", "-1", "-99999999999", "1.5", "soon", "1e9", "Sat, 21 Nov 2026 17:59:59 GMT")) {
            assertEquals(Optional.empty(), of(odd), odd);
        }
    }

    @Test
    void onlyOverloadStatusesCarryThePause() {
        Map<Integer, Optional<Duration>> pauses = Map.of(
                429,
                Optional.of(Duration.ofSeconds(7)),
                503,
                Optional.of(Duration.ofSeconds(7)),
                404,
                Optional.empty(),
                500,
                Optional.empty());
        pauses.forEach((status, pause) -> {
            TaskError error = StatusErrors.error(new ResponseHead(status, Map.of("retry-after", "7")::get), NOW);
            assertEquals(pause, error.pause());
        });
    }
}
