package dev.juggler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "2s, PT2S",
        "1.5m, PT1M30S",
        "2h, PT2H",
        "1d, PT24H",
        "0.001ms, PT0.000001S",
        "' 3s ', PT3S",
        "106751d, PT2562024H"
    })
    void readsANumberAndAUnit(String text, Duration duration) {
        assertEquals(duration, Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "-1s", "+1s", "1 s", "1S", "1e3s", "1.s", ".5s", "1,5s", "1m30s", "٣s", "1s\n2s"})
    void rejectsOtherTextWithAHint(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text))
                .getMessage();
        assertTrue(message.startsWith("'" + text + "' is not a duration: give a number and a unit"), message);
    }

    @ParameterizedTest
    @CsvSource({"0s, is zero", "0.0000001ms, is zero", "106752d, too long", "999999999999d, too long"})
    void rejectsZeroAndTooLongDurations(String text, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text))
                .getMessage();
        assertTrue(message.contains(why), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1ms", "500ms", "1s", "1.5s", "59.999s", "1m", "90s", "2m", "0.5ms", "0.0005ms", "0.000001ms"})
    void readsWrittenDurations(String text) {
        assertEquals(text, Durations.text(Durations.parse(text)));
    }
}
