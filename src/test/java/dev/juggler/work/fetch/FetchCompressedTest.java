package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.Result;
import dev.juggler.job.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed bodies. */
class FetchCompressedTest extends FetchFixture {
    private static final String TEXT = "hello, world\n".repeat(20_000);

    /** {@link #TEXT}, compressed by Node.js. */
    private static final String BROTLI = "W5/3g99I6eZNlCBlaK3AwvamZnmsGtDAq3XT+wAA";

    @TempDir
    Path folder;

    private interface Packer {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] bytes, Packer packer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = packer.over(out)) {
            packing.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        return packed(bytes, GZIPOutputStream::new);
    }

    private static Map<String, byte[]> packings() throws IOException {
        byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("gzip", gzip(text));
        all.put("deflate", packed(text, DeflaterOutputStream::new));
        all.put("Deflate", packed(text, out -> new DeflaterOutputStream(out, new Deflater(9, true))));
        all.put("br", Base64.getDecoder().decode(BROTLI));
        all.put("zstd", Zstd.compress(text));
        all.put("zstd, identity, gzip", gzip(all.get("zstd")));
        return all;
    }

    private void serves(String coding, byte[] body) {
        String bytes = new String(body, StandardCharsets.ISO_8859_1);
        server.on(
                "/a",
                "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n" + bytes);
    }

    private static FetchSpec unpacking(FetchSpec spec, long maxBytes, int maxRatio) {
        return spec.with(new FetchLimits(5, maxBytes, TransferRates.ANY, maxRatio));
    }

    @ParameterizedTest
    @EnumSource
    void decodesEveryOfferedCoding(FetchStyle style) throws Exception {
        for (Map.Entry<String, byte[]> packing : packings().entrySet()) {
            serves(packing.getKey(), packing.getValue());
            Value.Fetched saved = success(fetch(style, unpacking(into(folder), 1L << 40, 1_000_000), server.url("/a")));
            assertEquals(TEXT, Files.readString(Path.of(saved.path())), packing::getKey);
            assertEquals(TEXT.length(), saved.bytes());
            assertTrue(server.last().toLowerCase(Locale.ROOT).contains("accept-encoding: gzip, deflate, br, zstd"));
            Value.Fetched read = success(fetch(style, unpacking(get(), 1L << 40, 1_000_000), server.url("/a")));
            assertEquals(TEXT.length(), read.bytes());
            Files.delete(Path.of(saved.path()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotDecodeByDefault(FetchStyle style) throws Exception {
        byte[] packed = gzip(TEXT.getBytes(StandardCharsets.US_ASCII));
        serves("gzip", packed);
        Value.Fetched value = success(fetch(style, into(folder), server.url("/a")));
        assertEquals(packed.length, Files.size(Path.of(value.path())));
        assertFalse(server.last().toLowerCase(Locale.ROOT).contains("accept-encoding"), server::last);
    }

    @ParameterizedTest
    @EnumSource
    void anUndecodableBodyIsAnErrorAndNoFile(FetchStyle style) throws Exception {
        for (Map.Entry<String, byte[]> packing : packings().entrySet()) {
            byte[] whole = packing.getValue();
            byte[] torn = java.util.Arrays.copyOf(whole, whole.length / 2);
            byte[] wrong = whole.clone();
            wrong[wrong.length / 2] ^= 0x55;
            wrong[0] ^= 0x7F;
            for (byte[] body : List.of(torn, wrong)) {
                serves(packing.getKey(), body);
                failure("encoding", true, fetch(style, unpacking(into(folder), 1L << 40, 1_000_000), server.url("/a")));
                assertEquals(List.of(), names(folder));
            }
        }
        serves("magic", new byte[9]);
        failure("encoding", false, fetch(style, unpacking(into(folder), 1L << 40, 200), server.url("/a")));
        serves("gzip, gzip, gzip, gzip", new byte[9]);
        failure("encoding", false, fetch(style, unpacking(into(folder), 1L << 40, 200), server.url("/a")));
    }

    @ParameterizedTest
    @EnumSource
    void rejectsADecompressionBomb(FetchStyle style) throws Exception {
        byte[] zeros = new byte[100_000_000];
        for (Map.Entry<String, byte[]> bomb :
                Map.of("gzip", gzip(zeros), "zstd", Zstd.compress(zeros)).entrySet()) {
            serves(bomb.getKey(), bomb.getValue());
            for (FetchSpec spec : List.of(into(folder), get())) {
                failure("ratio", false, fetch(style, unpacking(spec, 1L << 40, 200), server.url("/a")));
                failure("too-large", false, fetch(style, unpacking(spec, 1 << 20, 200), server.url("/a")));
            }
        }
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyBodyIsEmptyUnderAnyCoding(FetchStyle style) throws Exception {
        serves("gzip", new byte[0]);
        Value.Fetched value = success(fetch(style, unpacking(into(folder), 1L << 40, 200), server.url("/a")));
        assertEquals(0, Files.size(Path.of(value.path())));
        server.on("/a", "HTTP/1.1 204 No Content\r\nContent-Encoding: br\r\n\r\n");
        success(fetch(style, unpacking(get(), 1L << 40, 200), server.url("/a")));
    }

    @ParameterizedTest
    @EnumSource
    void codingsOnSeveralLinesAreOneList(FetchStyle style) throws Exception {
        serves("gzip\r\nX: a\r\nContent-Encoding: zstd", Zstd.compress(gzip(TEXT.getBytes(StandardCharsets.US_ASCII))));
        Value.Fetched saved = success(fetch(style, unpacking(into(folder), 1L << 40, 1_000_000), server.url("/a")));
        assertEquals(TEXT, Files.readString(Path.of(saved.path())));
    }

    /** Thousands of empty members overflow the stack of the JDK's decoder, which calls itself for each. */
    @ParameterizedTest
    @EnumSource
    void anErrorInADecoderIsNotTheEndOfTheBody(FetchStyle style) throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip("BEGIN".getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < 30_000; i++) {
            members.write(gzip(new byte[0]));
        }
        members.write(gzip("END".getBytes(StandardCharsets.US_ASCII)));
        serves("gzip", members.toByteArray());
        Result result = fetch(style, unpacking(into(folder), 1L << 40, 1_000_000), server.url("/a"));
        if (result instanceof Result.Succeeded) {
            assertEquals("BEGINEND", Files.readString(Path.of(success(result).path())));
        } else {
            failure("encoding", true, result);
            assertEquals(List.of(), names(folder));
        }
    }
}
