package dev.juggler.work.fetch.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDispositionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attachment; filename=a.txt | a.txt",
                "attachment; filename=\"a b;c.txt\" | a b;c.txt",
                "ATTACHMENT; FILENAME=\"a\\\"b\" | a\"b",
                "inline; filename*=UTF-8''%e2%82%ac%20rates.txt | € rates.txt",
                "attachment; filename=\"plain.txt\"; filename*=utf-8'en'ext%c3%a9nded.txt | exténded.txt",
                "attachment; filename*=iso-8859-1''%A3.txt; filename=x | £.txt",
                "attachment; filename*=no-such-charset''x; filename=fallback | fallback",
                "attachment; filename*=broken; filename=fallback | fallback",
                "filename=bare.txt; x=y | bare.txt"
            })
    void findsTheName(String header, String name) {
        assertEquals(name.equals("bare.txt") ? null : name, ContentDisposition.fileName(header));
    }

    @Test
    void decodesRawUtf8() {
        String header = "attachment; filename=\"fü.txt\"";
        String asBytes = new String(header.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals("fü.txt", ContentDisposition.fileName(asBytes));
    }

    @ParameterizedTest
    @CsvSource({"attachment", "''", "';;;='", "'attachment; name=x'"})
    void findsNoNameInOtherHeaders(String header) {
        assertNull(ContentDisposition.fileName(header));
        assertNull(ContentDisposition.fileName(null));
    }
}
