package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchSavingTest extends FetchFixture {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void savesABodyUnderTheNameOfTheInput(Style style) throws Exception {
        server.redirect("/pic.jpg?size=1", 302, "/../../x").on("/x", RawServer.plain("200 OK", "body"));
        Value.Fetched value = success(fetch(style, into(folder), server.url("/pic.jpg?size=1")));
        Path file = folder.resolve("pic.jpg");
        assertEquals(file.toString(), value.path());
        assertEquals("body", Files.readString(file));
        assertEquals(sha256("body"), value.sha256());
        assertEquals(List.of("pic.jpg"), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void savesLongBodiesWhole(Style style) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 5_000_000; i++) {
            text.append(i).append('\n');
        }
        String body = text.toString();
        server.on("/told", RawServer.plain("200 OK", body));
        server.onClosing("/untold", "HTTP/1.1 200 OK\r\n\r\n" + body);
        for (String path : List.of("/told", "/untold")) {
            Value.Fetched value = success(fetch(style, into(folder), server.url(path)));
            assertEquals(body, Files.readString(Path.of(value.path())));
            assertEquals(sha256(body), value.sha256());
            assertEquals(body.length(), value.bytes());
        }
        assertEquals(List.of("told", "untold"), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void savesAnEmptyBodyAndNothingForOneThatIsNotNew(Style style) throws Exception {
        server.on("/empty", RawServer.plain("200 OK", "")).on("/same", "HTTP/1.1 304 Not Modified\r\n\r\n");
        assertEquals(
                sha256(""),
                success(fetch(style, into(folder), server.url("/empty"))).sha256());
        assertEquals(
                null, success(fetch(style, into(folder), server.url("/same"))).path());
        assertEquals(List.of("empty"), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void namesAFolderThatCannotBeWrittenAnyMore(Style style) throws Exception {
        server.on("/a", RawServer.plain("200 OK", "a"));
        Path gone = folder.resolve("gone");
        try (FetchWork work = FetchWork.prepare(into(gone))) {
            Files.delete(gone);
            failure("io", false, style.start(work, vertx, server.url("/a")).join());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheFileOfARunBeforeWhenTheBytesAreTheSame(Style style) throws Exception {
        server.on("/a.txt", RawServer.plain("200 OK", "one")).on("/b/a.txt", RawServer.plain("200 OK", "two"));
        for (int run = 0; run < 3; run++) {
            try (FetchWork work = FetchWork.prepare(into(folder))) {
                style.start(work, vertx, server.url("/a.txt")).join();
                style.start(work, vertx, server.url("/b/a.txt")).join();
                style.start(work, vertx, server.url("/a.txt")).join();
            }
            assertEquals(List.of("a-1.txt", "a-2.txt", "a.txt"), names(folder));
            age();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesOtherFilesAndLinksAlone(Style style) throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "old");
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
        Files.createDirectory(folder.resolve("sub"));
        age();
        for (String name : List.of("outside", "link", "dangling", "sub")) {
            server.on("/" + name, RawServer.plain("200 OK", "new"));
            Value.Fetched value = success(fetch(style, into(folder), server.url("/" + name)));
            assertEquals(folder.resolve(name + "-1").toString(), value.path());
        }
        assertEquals("old", Files.readString(outside));
        assertFalse(Files.exists(folder.resolve("nothing")));
        assertTrue(Files.isSymbolicLink(folder.resolve("link")));
    }

    private void age() throws IOException {
        for (String name : names(folder)) {
            if (Files.isRegularFile(folder.resolve(name), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                Files.setLastModifiedTime(folder.resolve(name), LONG_AGO);
            }
        }
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
