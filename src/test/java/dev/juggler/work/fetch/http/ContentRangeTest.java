package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {
    private static ContentRange of(String value) {
        Map<String, String> fields = Map.of("content-range", value);
        return ContentRange.of(new ResponseHead(206, fields::get));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 0-0/1, 0, 0, 1",
        "bytes 5-9/100, 5, 9, 100",
        "BYTES 5-9/100, 5, 9, 100",
        "'  bytes   5-9/* ', 5, 9, -1",
        "bytes 999999999999999998-999999999999999998/999999999999999999, 999999999999999998, 999999999999999998, "
                + "999999999999999999"
    })
    void readsFirstLastAndTotal(String value, long first, long last, long total) {
        assertEquals(new ContentRange(first, last, total), of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes */100",
                "bytes 5-/100",
                "bytes -5/100",
                "bytes 5-9",
                "bytes 5 - 9/100",
                "bytes=5-9/100",
                "items 5-9/100",
                "bytes 5-9/100, bytes 10-11/100",
                "bytes 0x5-9/100",
                "bytes 0-9/1000000000000000000",
                "bytes \u0665-9/100"
            })
    void rejectsWhatIsNoRangeOfBytes(String value) {
        assertNull(of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 9-5/100", "bytes 5-100/100", "bytes 0-0/0"})
    void rejectsWhatIsImpossible(String value) {
        assertNull(of(value));
    }

    @Test
    void aHeadWithoutTheFieldHasNone() {
        assertNull(ContentRange.of(new ResponseHead(206, name -> null)));
    }

    @Test
    void bothEndsBelongToIt() {
        assertEquals(5, of("bytes 5-9/100").length());
        assertEquals(1, of("bytes 7-7/*").length());
    }
}
