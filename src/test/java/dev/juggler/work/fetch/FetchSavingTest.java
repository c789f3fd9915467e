package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.Result;
import dev.juggler.job.Value;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchSavingTest extends FetchFixture {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir
    Path folder;

    private Context loop;

    @ParameterizedTest
    @EnumSource
    void savesABodyUnderTheNameOfTheInput(FetchStyle style) throws Exception {
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
    void savesLongBodiesWhole(FetchStyle style) throws Exception {
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

    /** Runs on one loop, where bodies reuse the buffers of those saved before. */
    @Test
    void savesManyShortBodiesUnchanged() throws Exception {
        int many = 600;
        for (int i = 0; i < many; i++) {
            server.on("/" + i, RawServer.plain("200 OK", shortBody(i)));
        }
        try (FetchWork work = FetchWork.prepare(into(folder))) {
            AsyncWork async = onLoop(() -> Future.succeededFuture(work.async(vertx)));
            for (int first = 0; first < many; first += 60) {
                int from = first;
                onLoop(() -> Future.all(IntStream.range(from, from + 60)
                                .mapToObj(i -> async.start(FetchStyle.task(server.url("/" + i)), new Cancellation()))
                                .toList()))
                        .<Result>list()
                        .forEach(FetchFixture::success);
            }
            onLoop(() -> {
                async.close();
                return Future.succeededFuture();
            });
        }
        for (int i = 0; i < many; i++) {
            assertEquals(shortBody(i), Files.readString(folder.resolve(Integer.toString(i))));
        }
    }

    private <T> T onLoop(Supplier<Future<T>> action) throws Exception {
        if (loop == null) {
            loop = vertx.getOrCreateContext();
        }
        Promise<T> done = Promise.promise();
        loop.runOnContext(ignored -> action.get().onComplete(done));
        return done.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String shortBody(int i) {
        return Integer.toString(i).repeat(1 + i * 37 % 5_000);
    }

    @ParameterizedTest
    @EnumSource
    void savesAnEmptyBodyAndNothingForAnUnchangedOne(FetchStyle style) throws Exception {
        server.on("/empty", RawServer.plain("200 OK", "")).on("/same", "HTTP/1.1 304 Not Modified\r\n\r\n");
        assertEquals(
                sha256(""),
                success(fetch(style, into(folder), server.url("/empty"))).sha256());
        FetchSpec conditional = spec("GET", null, folder, new Header("If-None-Match", "\"v1\""));
        assertEquals(
                null, success(fetch(style, conditional, server.url("/same"))).path());
        assertEquals(List.of("empty"), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void namesAFolderThatBecameUnwritable(FetchStyle style) throws Exception {
        server.on("/a", RawServer.plain("200 OK", "a"));
        Path gone = folder.resolve("gone");
        try (FetchWork work = FetchWork.prepare(into(gone))) {
            Files.delete(gone);
            failure("io", false, style.start(work, vertx, server.url("/a")).join());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheFileOfARunBeforeWhenTheBytesAreTheSame(FetchStyle style) throws Exception {
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
    void leavesOtherFilesAndLinksAlone(FetchStyle style) throws Exception {
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
