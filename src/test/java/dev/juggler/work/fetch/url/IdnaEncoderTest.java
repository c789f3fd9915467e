package dev.juggler.work.fetch.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.work.fetch.http.Redirects;
import dev.juggler.work.fetch.http.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdnaEncoderTest {

    private static String host(String host) throws InvalidUrlException {
        return HttpUrl.parse("http://" + host + "/").origin().host();
    }

    @ParameterizedTest
    @CsvSource({
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "ΒΌΛΟ.example, xn--nxasm4c.example",
        "\uFF42\uFF4F\uFF4F\uFF4B\uFF0Eexample, book.example",
        "bücher\u3002example\uFF61, xn--bcher-kva.example.",
        "bü\u00ADcher.example, xn--bcher-kva.example",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "☃.example, xn--n3h.example",
        "😀.example, xn--e28h.example",
        "ısparta.example, xn--sparta-o9a.example",
        "\u13A0\u13A1.example, xn--58dc.example",
        "xn--fa-hia.bücher.example, xn--fa-hia.xn--bcher-kva.example"
    })
    void encodesNamesThatAllSoftwareMapsAlike(String host, String ascii) throws Exception {
        assertEquals(ascii, host(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "faß.de",
                "FAß.de",
                "fa\u1E9E.de",
                "βόλος.com",
                "www.βόλος.com:80",
                "a\u200Db.com",
                "नी\u200C.com",
                "user@faß.de",
                "a\u2024com",
                "a\u2488com",
                "a\u2026com",
                "\u04C0.com",
                "\u10A0.com",
                "\u2C00.com",
                "\u1C80.com",
                "\uAB70.com",
                "a\u1806b.com",
                "\uD87E\uDC68.com",
                "\u0378.com",
                "faß.de\uFF0Eexample"
            })
    void rejectsNamesThatSoftwareMapsToDifferentHosts(String host) {
        InvalidUrlException rejected = assertThrows(InvalidUrlException.class, () -> host(host));
        assertTrue(rejected.getMessage().endsWith("; write the host in its xn--… form"), rejected::getMessage);
    }

    @Test
    void namesTheHostAndTheWayOut() {
        InvalidUrlException rejected = assertThrows(InvalidUrlException.class, () -> host("faß.de"));
        assertEquals(
                "the host name 'faß.de' means different hosts to older and newer software; write the host in its"
                        + " xn--… form",
                rejected.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xn--fa-hia.de", "XN--FA-HIA.de"})
    void takesTheEncodedFormItAsksFor(String host) throws Exception {
        assertEquals("xn--fa-hia.de", host(host));
    }

    /** Every code point on which the JDK and ICU differ. */
    @Test
    void rejectsEveryCodePointOnWhichTheRulesDiffer() throws Exception {
        int[] differing = differences().toArray();
        assertEquals(1_518, differing.length);
        for (int c : differing) {
            String host = "a" + Character.toString(c) + "b.de";
            assertThrows(InvalidUrlException.class, () -> host(host), () -> "U+%04X".formatted(c));
        }
    }

    private static IntStream differences() throws IOException {
        try (InputStream in = IdnaEncoderTest.class.getResourceAsStream("idna-differences.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .flatMapToInt(range -> {
                        String[] ends = range.split("-");
                        return IntStream.rangeClosed(
                                Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16));
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://faß.de/x", "//faß.de/x", "https://www.βόλος.com"})
    void rejectsSuchAHostInALocationToo(String location) throws Exception {
        HttpUrl from = HttpUrl.parse("http://example.org/");
        String received = new String(location.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        ResponseHead head = new ResponseHead(302, Map.of("location", received)::get);
        InvalidUrlException rejected =
                assertThrows(InvalidUrlException.class, () -> Redirects.next(from, head, 0, 5, false));
        assertTrue(rejected.getMessage().contains("xn--…"), rejected::getMessage);
    }
}
