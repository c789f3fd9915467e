package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.Result;
import dev.juggler.job.Value;
import io.vertx.core.Future;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invalid responses never become a file, and bodies must match the checksum of their input. */
class FetchIntegrityTest extends FetchFixture {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    /** A response before the server closes the connection, and the type of its error. */
    private static Map<String, String> brokenAnswers() {
        Map<String, String> broken = new LinkedHashMap<>();
        broken.put(CHUNKED + "5\r\nhello\r\nzz\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "-5\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "fffffffffffffffff\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "100000005\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "fffffffb\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "0x5\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "+5\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhelloXY5\r\nworld\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhelloXY\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "6\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + " 5\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "\t5\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + " \r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello\r\n \r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5 \nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5 \r \r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5 5\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5 junk\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\u0001\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\u000b\r\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\nhello\r\n0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello\r\n 0\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello\r\n0 junk\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello\r\n0\r\njunk\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello\r\n0\r\nmore junk\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello\r\n0\r\nX: a\r\njunk \r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello\r\n0\r\nmore junk: a\r\n\r\n", "bad-chunk");
        broken.put(CHUNKED + "5\r\nhello\r\n0\r\nX: a\r\n", "truncated");
        broken.put(CHUNKED + "5\r\nhello\r\n", "truncated");
        broken.put(CHUNKED + "5\r\nhel", "truncated");
        broken.put(CHUNKED + "5\r\nhello\r\n0\r\n", "truncated");
        broken.put(OK + "Content-Length: 10\r\n\r\nhello", "truncated");
        broken.put("garbage\r\n" + OK + "Content-Length: 5\r\n\r\nhello", "protocol");
        broken.put("\u0000\u0001" + OK + "Content-Length: 5\r\n\r\nhello", "protocol");
        broken.put(OK + "X: a\u0000b\r\nContent-Length: 5\r\n\r\nhello", "protocol");
        broken.put("<p>hello</p>\r\n<p>world</p>\r\n\r\n", "protocol");
        broken.put("HTTP/0.9 200 OK\r\n\r\nhello", "protocol");
        broken.put("HTTP/9.9 200 OK\r\n\r\nhello", "protocol");
        broken.put("HTTP/1.1 abc OK\r\n\r\nhello", "protocol");
        broken.put(OK + "Content-Le", "reset");
        broken.put("<p>hello</p>", "reset");
        broken.put("", "reset");
        broken.put(OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "protocol");
        broken.put(OK + "Content-Length: -1\r\n\r\nhello", "protocol");
        broken.put(OK + "Content-Length: five\r\n\r\nhello", "protocol");
        broken.put(OK + "Content-Length: 99999999999999999999999\r\n\r\nhello", "protocol");
        broken.put(OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "protocol");
        broken.put(OK + "junk\r\nContent-Length: 5\r\n\r\nhello", "protocol");
        broken.put(OK + "some junk\r\nContent-Length: 5\r\n\r\nhello", "protocol");
        broken.put(OK + "junk \r\nContent-Length: 5\r\n\r\nhello", "protocol");
        broken.put(OK + "some junk: x\r\nContent-Length: 5\r\n\r\nhello", "protocol");
        broken.put(OK + ": x\r\nContent-Length: 5\r\n\r\nhello", "protocol");
        broken.put(CHUNKED.replace("chunked", "chunked\r\nTransfer-Encoding: chunked") + "0\r\n\r\n", "protocol");
        broken.put(OK + "Transfer-Encoding: magic\r\n\r\nhello", "protocol");
        return broken;
    }

    @ParameterizedTest
    @EnumSource
    void aMalformedResponseIsATransientErrorAndNeverAFile(FetchStyle style) throws Exception {
        for (Map.Entry<String, String> broken : brokenAnswers().entrySet()) {
            server.onClosing("/a", broken.getKey());
            Result result = fetch(style, into(folder), server.url("/a"));
            assertEquals(List.of(), names(folder), broken::getKey);
            assertEquals(broken.getValue(), result.error().type(), () -> broken.getKey() + "\n" + result);
            assertTrue(result.error().retryable(), broken::getKey);
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsUnusualResponses(FetchStyle style) {
        List<String> odd = List.of(
                CHUNKED + "5 \r\nhello\r\n0\t\r\n\r\n",
                CHUNKED + "2 ;a=b\r\nhe\r\n03;c\r\nllo\r\n000\r\n\r\n",
                CHUNKED + "5\r\nhello\r\n0\r\nX : a\r\nY:\r\n b\r\n\r\n",
                OK + "Content-Length: 0000000000000000000000000000005\r\n\r\nhello",
                OK + "Content-Length: 5, 5\r\n\r\nhello",
                OK + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                OK + "Content-Length : 5\r\n\r\nhello",
                OK + "Content-Length:\r\n 5\r\n\r\nhello",
                OK + "X:\r\n \r\n\ty\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\nX: a\nContent-Length: 5\n\nhello");
        for (String answer : odd) {
            server.onClosing("/a", answer);
            assertEquals(5, success(fetch(style, get(), server.url("/a"))).bytes(), answer);
            server.on("/a", (socket, request) -> oneByOne(socket, answer));
            assertEquals(5, success(fetch(style, get(), server.url("/a"))).bytes(), answer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResponseThatContradictsItsRequestIsAnErrorAndNoFile(FetchStyle style) throws Exception {
        for (String answer : List.of(
                "HTTP/1.1 304 Not Modified\r\n\r\n",
                OK + "Content-Range: bytes 0-4/10\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 203 Other\r\nContent-Range: bytes 5-9/10\r\nContent-Length: 5\r\n\r\nhello")) {
            server.on("/a", answer);
            failure("protocol", true, fetch(style, into(folder), server.url("/a")));
            failure("protocol", true, fetch(style, get(), server.url("/a")));
            assertEquals(List.of(), names(folder), answer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theUsersOwnConditionMayBeAnsweredAsNotModified(FetchStyle style) {
        server.on("/a", "HTTP/1.1 304 Not Modified\r\n\r\n");
        for (String name : List.of("If-None-Match", "if-modified-since")) {
            FetchSpec conditional = get(new FetchSpec.Header(name, "\"v1\""));
            assertEquals(
                    304, success(fetch(style, conditional, server.url("/a"))).status());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHostHeaderOfAnIpv6AddressHasBrackets(FetchStyle style) throws Exception {
        try (RawServer local = new RawServer(vertx, new NetServerOptions(), "::1")) {
            local.on("/a", OK + "Content-Length: 5\r\n\r\nhello");
            String url = local.url("/a").replace("127.0.0.1", "[::1]");
            success(fetch(style, get(), url));
            String host = url.substring("http://".length(), url.length() - "/a".length());
            assertTrue(local.last().toLowerCase(Locale.ROOT).contains("\r\nhost: " + host + "\r\n"), local::last);
        }
    }

    @ParameterizedTest
    @EnumSource
    void interimResponsesAreSkipped(FetchStyle style) {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX: a\r\n\r\n"
                + "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 199 Own\r\n\r\n";
        for (int i = 0; i < 2; i++) {
            server.on("/a", interim + OK + "Content-Length: 5\r\n\r\nhello");
            Value.Fetched value = success(fetch(style, get(), server.url("/a")));
            assertEquals(200, value.status());
            assertEquals(5, value.bytes());
        }
        server.onClosing("/a", interim);
        failure("reset", true, fetch(style, get(), server.url("/a")));
        server.onClosing("/a", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
        failure("http-status", false, fetch(style, get(), server.url("/a")));
    }

    @ParameterizedTest
    @EnumSource
    void anInputThatLooksLikeAnotherToolsListIsRejected(FetchStyle style) {
        server.on("/a", OK + "Content-Length: 5\r\n\r\nhello");
        Map.of(
                        " sha256:" + HELLO_SHA256,
                        "sha256=" + HELLO_SHA256,
                        " SHA-256 " + HELLO_SHA256,
                        "sha-256=" + HELLO_SHA256,
                        " md5:5d41402abc4b2a76b9719d911017c592",
                        "md5=5d41402abc4b2a76b9719d911017c592",
                        " sha256= " + HELLO_SHA256,
                        "sha256=" + HELLO_SHA256,
                        " # the first",
                        "comments on lines of their own",
                        "\t#",
                        "comments on lines of their own")
                .forEach((suffix, hint) -> {
                    Result result = fetch(style, get(), server.url("/a") + suffix);
                    assertTrue(failure("bad-url", false, result).message().contains(hint), result::toString);
                });
        assertEquals(List.of(), server.requests());
    }

    /** Sends each byte in a separate packet. */
    private static void oneByOne(NetSocket socket, String answer) {
        Future<Void> sent = Future.succeededFuture();
        for (char next : answer.toCharArray()) {
            sent = sent.compose(done -> socket.write(Character.toString(next)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodilessResponseEndsWithItsHead(FetchStyle style) {
        server.on("/a", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n");
        assertEquals(0, success(fetch(style, get(), server.url("/a"))).bytes());
        server.on("/a", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertEquals(0, success(fetch(style, get(), server.url("/a"))).bytes());
        for (String framing : List.of("Content-Length: 5", "Transfer-Encoding: chunked")) {
            server.on("/a", OK + framing + "\r\n\r\n");
            FetchSpec head = spec("HEAD", null, null);
            assertEquals(0, success(fetch(style, head, server.url("/a"))).bytes(), framing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotTakeAnUnrequestedResponseForTheNext(FetchStyle style) throws Exception {
        server.on("/a", RawServer.plain("200 OK", "hello") + RawServer.plain("200 OK", "wrong"));
        server.on("/b", RawServer.plain("200 OK", "right"));
        server.on("/c", RawServer.plain("302 Found\r\nLocation: /b", "") + RawServer.plain("200 OK", "wrong"));
        for (String path : List.of("/a", "/c")) {
            Value.Fetched value = success(fetch(style, into(folder), server.url(path)));
            assertEquals(path.equals("/a") ? "hello" : "right", Files.readString(Path.of(value.path())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void skipsInterimResponses(FetchStyle style) throws Exception {
        server.on("/a", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + RawServer.plain("200 OK", "hello"));
        assertEquals(
                HELLO_SHA256,
                success(fetch(style, into(folder), server.url("/a"))).sha256());
    }

    @ParameterizedTest
    @EnumSource
    void savesABodyThatMatchesItsChecksum(FetchStyle style) throws Exception {
        server.on("/a", RawServer.plain("200 OK", "hello"));
        for (String checksum : List.of(
                "sha256=" + HELLO_SHA256.toUpperCase(java.util.Locale.ROOT),
                "md5=5d41402abc4b2a76b9719d911017c592",
                "SHA-1=aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
                "sha512=9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7"
                        + "2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043")) {
            Value.Fetched value = success(fetch(style, into(folder), server.url("/a") + "  " + checksum));
            assertEquals("hello", Files.readString(Path.of(value.path())));
            assertEquals(HELLO_SHA256, value.sha256());
            success(fetch(style, get(), server.url("/a") + " " + checksum));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rejectsABodyThatDoesNotMatchItsChecksum(FetchStyle style) throws Exception {
        server.on("/a", RawServer.plain("200 OK", "hallo"));
        for (FetchSpec spec : List.of(into(folder), get())) {
            Result result = fetch(style, spec, server.url("/a") + " sha256=" + HELLO_SHA256);
            assertTrue(failure("checksum", true, result).message().contains(HELLO_SHA256), result::toString);
        }
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void rejectsAnInvalidChecksumBeforeAnyRequest(FetchStyle style) throws Exception {
        for (String odd : List.of(
                "crc=0123456789abcdef",
                "crc32=3610a686",
                "sha999=" + HELLO_SHA256,
                "sha256=0123456789abcdef",
                "sha256=",
                "sha256=" + HELLO_SHA256.replace('2', 'O'),
                "md5=" + HELLO_SHA256)) {
            failure("bad-url", false, fetch(style, into(folder), server.url("/a") + " " + odd));
        }
        failure("bad-url", false, fetch(style, careful(ExistingFilePolicy.FETCH, true), server.url("/a")));
        assertEquals(List.of(), server.requests());
        server.on("/a?q=x%20y=z", RawServer.plain("200 OK", "hello"));
        success(fetch(style, get(), server.url("/a?q=x y=z")));
    }

    private FetchSpec careful(ExistingFilePolicy existing, boolean checksums) {
        Saving saving = new Saving(Optional.of(folder.toString()), true);
        return get().with(saving.with(new SavePolicy(PartialBodyPolicy.NEVER, existing, true, checksums)));
    }

    private void old(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
    }

    @ParameterizedTest
    @EnumSource
    void skipsExistingFilesOnRequest(FetchStyle style) throws Exception {
        old("a", "old");
        server.on("/a", RawServer.plain("200 OK", "hello")).on("/b", RawServer.plain("200 OK", "new"));
        FetchSpec skipping = careful(ExistingFilePolicy.SKIP, false);
        Value.Fetched value = success(fetch(style, skipping, server.url("/a")));
        assertEquals(
                new Value.Fetched(0, 0, server.url("/a"), folder.resolve("a").toString(), null), value);
        assertEquals(List.of(), server.requests());
        success(fetch(style, skipping, server.url("/b")));
        // A file with another checksum is not skipped.
        success(fetch(style, skipping, server.url("/a") + " sha256=" + HELLO_SHA256));
        assertEquals(List.of("a", "a-1", "b"), names(folder));
        assertEquals("old", Files.readString(folder.resolve("a")));
    }

    @ParameterizedTest
    @EnumSource
    void onlyANewerBodyReplacesAnOldFile(FetchStyle style) throws Exception {
        FetchSpec refreshing = careful(ExistingFilePolicy.REFRESH, false);
        old("a", "old");
        server.on("/a", "HTTP/1.1 304 Not Modified\r\n\r\n");
        Value.Fetched same = success(fetch(style, refreshing, server.url("/a")));
        assertEquals(folder.resolve("a").toString(), same.path());
        assertEquals(304, same.status());
        assertTrue(lower(server.last()).contains("if-modified-since: sun, 02 feb 2020 02:02:02 gmt"), server::last);
        String marks = "ETag: W/\"v2\"\r\nLast-Modified: Mon, 03 Feb 2020 03:03:03 GMT\r\n";
        server.on("/a", OK + "Content-Length: 5\r\n" + marks + "\r\nhello");
        assertEquals(
                folder.resolve("a").toString(),
                success(fetch(style, refreshing, server.url("/a"))).path());
        assertEquals("hello", Files.readString(folder.resolve("a")));
        assertEquals(List.of("a"), names(folder));
        old("a", "hello");
        server.on("/a", "HTTP/1.1 304 Not Modified\r\n\r\n");
        success(fetch(style, refreshing, server.url("/a")));
        if (Files.getFileStore(folder).supportsFileAttributeView("user")) {
            assertTrue(lower(server.last()).contains("if-none-match: w/\"v2\""), server::last);
            assertTrue(lower(server.last()).contains("if-modified-since: mon, 03 feb 2020 03:03:03 gmt"), server::last);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFileOfAnotherUrlIsNotReplaced(FetchStyle style) throws Exception {
        FetchSpec refreshing = careful(ExistingFilePolicy.REFRESH, false);
        server.on("/one/a", RawServer.plain("200 OK", "one")).on("/two/a", RawServer.plain("200 OK", "two"));
        success(fetch(style, refreshing, server.url("/one/a")));
        if (Files.getFileStore(folder).supportsFileAttributeView("user")) {
            Files.setLastModifiedTime(folder.resolve("a"), FileTime.from(Instant.EPOCH));
            success(fetch(style, refreshing, server.url("/two/a")));
            assertFalse(lower(server.last()).contains("if-modified-since"), server::last);
            assertEquals(List.of("a", "a-1"), names(folder));
            assertEquals("one", Files.readString(folder.resolve("a")));
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }
}
