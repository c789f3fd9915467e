package dev.juggler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByteSizeTest {
    @Test
    void readsSizesLikeGnuTools() {
        Map<String, Long> sizes = Map.of(
                "1",
                1L,
                "500b",
                500L,
                "64k",
                65_536L,
                "10M",
                10L << 20,
                "1.5G",
                3L << 29,
                "2TiB",
                2L << 40,
                "3kB",
                3_000L,
                "2MB",
                2_000_000L);
        sizes.forEach((text, bytes) -> assertEquals(bytes, ByteSize.parse(text).bytes(), text));
    }

    @Test
    void rejectsInvalidSizes() {
        for (String text : List.of("", "k", "-1", "0", "0.1", "1x", "1e9", "1kk", "10 M", "99999999999999T", "٣k")) {
            assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text), text);
        }
    }

    @Test
    void writesSizesShort() {
        assertEquals("0 bytes", ByteSize.text(0));
        assertEquals("1023 bytes", ByteSize.text(1_023));
        assertEquals("1.0 KiB", ByteSize.text(1_024));
        assertEquals("1.5 MiB", ByteSize.text(3 << 19));
        assertEquals("8.0 EiB", ByteSize.text(Long.MAX_VALUE));
    }
}
