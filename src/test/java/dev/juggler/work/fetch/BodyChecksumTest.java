package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.juggler.job.FetchSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The CRC-32C of bodies, which compares the results of two fetches. */
class BodyChecksumTest extends FetchFixture {
    private static final int LONGER_THAN_TWO_BATCHES = 150_000;

    @ParameterizedTest
    @EnumSource
    void reportsTheChecksumOfABodyThatIsOnlyReadOnRequest(FetchStyle style) {
        String body = "x".repeat(LONGER_THAN_TWO_BATCHES) + "y";
        server.on("/a", RawServer.plain("200 OK", body));

        assertEquals(
                crc(body), success(fetch(style, asked(get()), server.url("/a"))).crc32c());
        assertNull(success(fetch(style, get(), server.url("/a"))).crc32c());
    }

    @ParameterizedTest
    @EnumSource
    void reportsTheChecksumOfASavedBody(FetchStyle style, @TempDir Path folder) {
        String body = "z".repeat(LONGER_THAN_TWO_BATCHES);
        server.on("/a", RawServer.plain("200 OK", body));

        assertEquals(
                crc(body),
                success(fetch(style, asked(into(folder)), server.url("/a"))).crc32c());
    }

    private static FetchSpec asked(FetchSpec spec) {
        return spec.with(spec.saving().withCrc());
    }

    private static String crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits(crc.getValue(), 8);
    }
}
