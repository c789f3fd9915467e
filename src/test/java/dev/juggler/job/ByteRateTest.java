package dev.juggler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRateTest {
    @ParameterizedTest
    @CsvSource({"500, 500, 500", "10k, 10240, 10k", "10k/s, 10240, 10k", "1.5M/s, 1572864, 1536k"})
    void isReadWithOrWithoutItsUnitOfTimeAndWrittenWithoutIt(String text, long bytes, String written) {
        ByteRate rate = ByteRate.parse(text);
        assertEquals(bytes, rate.bytes());
        assertEquals(written, rate.toString());
        assertEquals(rate, ByteRate.parse(rate.toString()));
    }

    @Test
    void anythingElseIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> ByteRate.parse("10k/m"));
        assertThrows(IllegalArgumentException.class, () -> ByteRate.parse("/s"));
    }
}
