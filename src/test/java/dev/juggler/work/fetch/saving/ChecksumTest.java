package dev.juggler.work.fetch.saving;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.work.fetch.http.InvalidBodyException;
import dev.juggler.work.fetch.url.InvalidUrlException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {
    private static final byte[] BODY = "abc".getBytes(StandardCharsets.US_ASCII);
    private static final String MD5 = "900150983cd24fb0d6963f7d28e17f72";

    @ParameterizedTest
    @CsvSource({
        "md5, " + MD5,
        "sha1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "SHA-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha-384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "Sha512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    })
    void acceptsTheDigestOfTheBodyInEitherCase(String name, String hex) throws Exception {
        assertTrue(Checksum.isKnown(name));
        for (String written : new String[] {hex, hex.toUpperCase(Locale.ROOT)}) {
            Checksum checksum = Checksum.parse(name, written);
            assertEquals(hex, checksum.hex());
            assertDoesNotThrow(() -> checksum.check(checksum.newDigest().digest(BODY)));
        }
    }

    @Test
    void anotherDigestIsAnErrorThatAnotherAttemptMayFix() throws Exception {
        Checksum checksum = Checksum.parse("md5", MD5);
        byte[] other = checksum.newDigest().digest(new byte[0]);
        InvalidBodyException rejected = assertThrows(InvalidBodyException.class, () -> checksum.check(other));
        assertEquals("checksum", rejected.error().type());
        assertTrue(rejected.error().retryable());
        assertTrue(rejected.error().message().contains(MD5), rejected.error()::message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "crc32", "sha3-256", "sha\u001b[2J"})
    void rejectsAnUnknownAlgorithm(String name) {
        assertFalse(Checksum.isKnown(name));
        InvalidUrlException rejected = assertThrows(InvalidUrlException.class, () -> Checksum.parse(name, MD5));
        assertFalse(rejected.getMessage().contains("\u001b"), rejected::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                MD5 + "00",
                "g00150983cd24fb0d6963f7d28e17f72",
                "\u0665\u0665150983cd24fb0d6963f7d28e17f72"
            })
    void rejectsWhatIsNoDigestOfTheAlgorithm(String hex) {
        assertThrows(InvalidUrlException.class, () -> Checksum.parse("md5", hex));
    }
}
