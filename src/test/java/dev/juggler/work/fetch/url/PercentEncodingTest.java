package dev.juggler.work.fetch.url;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
    @Test
    void textOfLegalCharactersStaysTheSameObject() {
        String legal = "/a-z._~!$&'()*+,;=:@/?A9";
        assertSame(legal, PercentEncoding.encode(legal));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a b|/a%20b",
                "/\"<>[]^`{}\\|/%22%3C%3E%5B%5D%5E%60%7B%7D%5C",
                "/\u00e4|/%C3%A4",
                "/\ud83d\ude00|/%F0%9F%98%80",
                "/%41%zz%4|/%41%25zz%254",
                "/%|/%25",
                "/%%41|/%25%41"
            })
    void encodesWhatMayNotAppearAndKeepsEscapes(String text, String encoded) {
        assertEquals(encoded, PercentEncoding.encode(text));
        assertEquals(encoded, PercentEncoding.encode(encoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\t", "\0", "\u007f"})
    void encodesControlCharacters(String control) {
        assertEquals(3, PercentEncoding.encode(control).length());
    }

    @Test
    void halfASurrogatePairIsNoQuestionMark() {
        assertEquals("/a%EF%BF%BDb", PercentEncoding.encode("/a\ud800b"));
        assertEquals("/%EF%BF%BD", PercentEncoding.encode("/\ude00"));
        assertEquals("/%EF%BF%BD%F0%9F%98%80", PercentEncoding.encode("/\ud83d\ud83d\ude00"));
    }

    @Test
    void decodesToBytesAndTakesABarePercentSignForItself() {
        assertArrayEquals(
                new byte[] {'a', ' ', (byte) 0xff, '%', '4', '%', 'z', 'z', (byte) 0xc3, (byte) 0xa4, '%'},
                PercentEncoding.decode("a%20%fF%4%zz\u00e4%"));
    }

    @Test
    void decodesWhatItEncoded() {
        String text = "/\u00e4 \ud83d\ude00 \"x\"";
        assertEquals(text, new String(PercentEncoding.decode(PercentEncoding.encode(text)), StandardCharsets.UTF_8));
    }

    @Test
    void bytesAreUtf8OrElseEncodedOneByOne() {
        assertEquals("/\u00e4", PercentEncoding.fromBytes("/\u00e4".getBytes(StandardCharsets.UTF_8)));
        assertEquals("/%E4\t", PercentEncoding.fromBytes("/\u00e4\t".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void onlyAsciiIsAlphanumeric() {
        assertTrue("azAZ09".chars().allMatch(c -> PercentEncoding.isAlphanumeric((char) c)));
        assertFalse("@[`{/:_-\u00e4\u0665".chars().anyMatch(c -> PercentEncoding.isAlphanumeric((char) c)));
    }
}
