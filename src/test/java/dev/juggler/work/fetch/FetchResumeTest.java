package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.Result;
import dev.juggler.job.Value;
import dev.juggler.work.fetch.saving.Checksum;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Incomplete bodies that are resumed, within a run and in the next one. */
class FetchResumeTest extends FetchFixture {
    private static final String DATE = "Date: Sat, 21 Nov 2026 18:00:00 GMT\r\n";

    @TempDir
    Path folder;

    private final String body = numbers(400_000);

    /** A body without repetitions, so that bytes at a wrong offset are noticed. */
    private static String numbers(int length) {
        StringBuilder text = new StringBuilder(length + 8);
        for (int i = 0; text.length() < length; i++) {
            text.append(i).append(',');
        }
        return text.substring(0, length);
    }

    private FetchSpec resuming(PartialBodyPolicy resume) {
        Saving saving = new Saving(Optional.of(folder.toString()), true);
        return get().with(saving.with(new SavePolicy(resume, ExistingFilePolicy.FETCH, false, false)));
    }

    private static String head(String status, int length, String more) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\n" + more + "\r\n";
    }

    /** Sends the first bytes of the body with this validator and closes the connection. */
    private void breaksOff(String path, int after, String mark) {
        server.onClosing(path, head("200 OK", body.length(), mark) + body.substring(0, after));
    }

    private Result attempt(FetchStyle style, FetchWork work) {
        return style.start(work, vertx, server.url("/file")).join();
    }

    private void firstBreaksOff(FetchStyle style, FetchWork work, int after, String mark) {
        breaksOff("/file", after, mark);
        failure("truncated", true, attempt(style, work));
    }

    private static String range(String request) {
        return request.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("range:"))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .orElse("");
    }

    private static boolean asksFor(String request, String header) {
        return request.toLowerCase(Locale.ROOT).contains("\r\n" + header.toLowerCase(Locale.ROOT) + "\r\n");
    }

    /** Responds like a server that supports ranges. */
    private void serves(String path, String mark) {
        server.on(path, (socket, request) -> {
            String range = range(request);
            int from = range.isEmpty() ? 0 : Integer.parseInt(range.substring(6, range.length() - 1));
            String rest = body.substring(from);
            String part = "Content-Range: bytes " + from + "-" + (body.length() - 1) + "/" + body.length() + "\r\n";
            String answer = range.isEmpty()
                    ? head("200 OK", body.length(), mark)
                    : head("206 Partial Content", rest.length(), mark + part);
            socket.write(answer + rest);
        });
    }

    private void assertWhole(Value.Fetched value) throws Exception {
        assertEquals(body, Files.readString(Path.of(value.path())));
        assertEquals(body.length(), value.bytes());
        assertEquals(sha256(body), value.sha256());
        assertEquals(List.of("file"), names(folder));
    }

    private static String sha256(String text) {
        return dev.juggler.work.fetch.saving.BodyWriter.hex(
                Checksum.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void theNextAttemptResumesWhereTheBodyEnded(FetchStyle style) throws Exception {
        for (String mark : List.of("ETag: \"v1\"\r\n", DATE + "Last-Modified: Sat, 21 Nov 2026 17:59:59 GMT\r\n")) {
            String url = server.url("/file");
            try (FetchWork work = FetchWork.prepare(resuming(PartialBodyPolicy.NEXT_TRY))) {
                breaksOff("/file", 60_000, mark);
                failure("truncated", true, style.start(work, vertx, url).join());
                assertEquals(1, names(folder).size());
                serves("/file", mark);
                assertWhole(success(style.start(work, vertx, url).join()));
                assertEquals("bytes=60000-", range(server.last()));
                assertTrue(server.last().toLowerCase(Locale.ROOT).contains("if-range: "), server::last);
            }
            Files.delete(folder.resolve("file"));
        }
    }

    /** The length of the part depends on the bytes that had arrived when the connection broke. */
    @ParameterizedTest
    @EnumSource
    void resumesALongBody(FetchStyle style) throws Exception {
        try (FetchWork work = FetchWork.prepare(resuming(PartialBodyPolicy.NEXT_TRY))) {
            firstBreaksOff(style, work, 390_000, "ETag: \"v1\"\r\n");
            serves("/file", "ETag: \"v1\"\r\n");
            assertWhole(success(attempt(style, work)));
            assertTrue(range(server.last()).matches("bytes=[1-9]\\d+-"), server::last);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalTriesEachAddTheirPart(FetchStyle style) throws Exception {
        String mark = "ETag: \"v1\"\r\n";
        try (FetchWork work = FetchWork.prepare(resuming(PartialBodyPolicy.NEXT_TRY))) {
            firstBreaksOff(style, work, 100, mark);
            String more = head("206 Partial Content", 399_900, mark + "Content-Range: bytes 100-399999/400000\r\n");
            server.onClosing("/file", more + body.substring(100, 50_000));
            failure("truncated", true, attempt(style, work));
            serves("/file", mark);
            assertWhole(success(attempt(style, work)));
            assertEquals("bytes=50000-", range(server.last()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLaterRunResumes(FetchStyle style) throws Exception {
        breaksOff("/file", 60_000, "ETag: \"v1\"\r\n");
        failure("truncated", true, fetch(style, resuming(PartialBodyPolicy.NEXT_RUN), server.url("/file")));
        assertEquals(2, names(folder).size());
        serves("/file", "ETag: \"v1\"\r\n");
        assertWhole(success(fetch(style, resuming(PartialBodyPolicy.NEXT_RUN), server.url("/file"))));
        assertEquals("bytes=60000-", range(server.last()));
        assertTrue(asksFor(server.last(), "If-Range: \"v1\""), server::last);
    }

    @ParameterizedTest
    @EnumSource
    void keepsNothingWithoutAStrongValidator(FetchStyle style) throws Exception {
        for (String mark : List.of(
                "",
                "ETag: W/\"v1\"\r\n",
                "ETag: v1\r\n",
                "Last-Modified: Sat, 21 Nov 2026 17:59:59 GMT\r\n",
                DATE + "Last-Modified: Sat, 21 Nov 2026 18:00:00 GMT\r\n",
                "Accept-Ranges: none\r\nETag: \"v1\"\r\n")) {
            breaksOff("/file", 60_000, mark);
            for (PartialBodyPolicy resume : PartialBodyPolicy.values()) {
                failure("truncated", true, fetch(style, resuming(resume), server.url("/file")));
                assertEquals(List.of(), names(folder), mark);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refetchesAChangedFile(FetchStyle style) throws Exception {
        List<String> answers = List.of(
                head("200 OK", body.length(), "ETag: \"v2\"\r\n") + body,
                // Like a server that supports ranges but not If-Range: its bytes must not be appended to the old part.
                head("206 Partial", 340_000, "ETag: \"v2\"\r\nContent-Range: bytes 60000-399999/400000\r\n")
                        + body.substring(60_000),
                head("206 Partial", 340_000, "Content-Range: bytes 60000-399999/400000\r\n") + body.substring(60_000),
                head("412 Precondition Failed", 0, ""),
                head("416 Range Not Satisfiable", 0, "Content-Range: bytes */400000\r\n"));
        for (PartialBodyPolicy resume : List.of(PartialBodyPolicy.NEXT_TRY, PartialBodyPolicy.NEXT_RUN)) {
            for (String answer : answers) {
                try (FetchWork work = FetchWork.prepare(resuming(resume))) {
                    String old = body.replace('1', 'x');
                    server.onClosing("/file", head("200 OK", 400_000, "ETag: \"v1\"\r\n") + old.substring(0, 60_000));
                    failure("truncated", true, attempt(style, work));
                    server.on(
                            "/file",
                            (socket, request) -> socket.write(
                                    range(request).isEmpty()
                                            ? head("200 OK", 400_000, "ETag: \"v2\"\r\n") + body
                                            : answer));
                    assertWhole(success(attempt(style, work)));
                    Files.delete(folder.resolve("file"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ignoresAPartOtherThanTheRequestedOne(FetchStyle style) throws Exception {
        List<String> ranges = List.of(
                "bytes 59999-399998/400000",
                "bytes 60000-399999/400001",
                "bytes 60000-399999/*",
                "bytes 60000-399998/400000",
                "bytes 399999-60000/400000",
                "bytes 60000-399999/399999",
                "chunks 60000-399999/400000",
                "bytes 60000-399999",
                "");
        for (String range : ranges) {
            try (FetchWork work = FetchWork.prepare(resuming(PartialBodyPolicy.NEXT_TRY))) {
                firstBreaksOff(style, work, 60_000, "ETag: \"v1\"\r\n");
                String part = "ETag: \"v1\"\r\n" + (range.isEmpty() ? "" : "Content-Range: " + range + "\r\n");
                server.on(
                        "/file",
                        (socket, request) -> socket.write(
                                range(request).isEmpty()
                                        ? head("200 OK", 400_000, "ETag: \"v1\"\r\n") + body
                                        : head("206 Partial Content", 340_000, part) + body.substring(60_000)));
                assertWhole(success(attempt(style, work)));
                Files.delete(folder.resolve("file"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnrequestedPartIsAnError(FetchStyle style) throws Exception {
        server.on("/file", head("206 Partial Content", 5, "Content-Range: bytes 0-4/10\r\n") + "hello");
        failure("content-range", true, fetch(style, into(folder), server.url("/file")));
        assertEquals(List.of(), names(folder));
        FetchSpec wanted = spec("GET", null, folder, new FetchSpec.Header("Range", "bytes=0-4"));
        assertEquals(5, success(fetch(style, wanted, server.url("/file"))).bytes());
    }

    @ParameterizedTest
    @EnumSource
    void aWholePartIsCheckedWithItsLastByte(FetchStyle style) throws Exception {
        breaksOff("/file", 60_000, "ETag: \"v1\"\r\n");
        failure("truncated", true, fetch(style, resuming(PartialBodyPolicy.NEXT_RUN), server.url("/file")));
        Path part = folder.resolve(names(folder).stream()
                .filter(name -> name.endsWith(".part"))
                .findFirst()
                .orElseThrow());
        Files.writeString(part, body);
        serves("/file", "ETag: \"v1\"\r\n");
        assertWhole(success(fetch(style, resuming(PartialBodyPolicy.NEXT_RUN), server.url("/file"))));
        assertEquals("bytes=399999-", range(server.last()));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotResumeWithoutValidMetadata(FetchStyle style) throws Exception {
        for (String note : List.of("", "{\"etag\":\"\\\"v1", "[]", "{\"other\":1}")) {
            breaksOff("/file", 60_000, "ETag: \"v1\"\r\n");
            failure("truncated", true, fetch(style, resuming(PartialBodyPolicy.NEXT_RUN), server.url("/file")));
            for (String name : names(folder)) {
                if (name.endsWith(".json")) {
                    Files.writeString(folder.resolve(name), note);
                }
            }
            serves("/file", "ETag: \"v1\"\r\n");
            assertWhole(success(fetch(style, resuming(PartialBodyPolicy.NEXT_RUN), server.url("/file"))));
            assertEquals("", range(server.last()));
            Files.delete(folder.resolve("file"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoInputsOfOneUrlNeverShareAPart(FetchStyle style) throws Exception {
        String url = server.url("/file");
        breaksOff("/file", 60_000, "ETag: \"v1\"\r\n");
        failure("truncated", true, fetch(style, resuming(PartialBodyPolicy.NEXT_RUN), url));
        server.on("/file", (socket, request) -> {});
        try (FetchWork work = FetchWork.prepare(resuming(PartialBodyPolicy.NEXT_RUN))) {
            FetchStyle.Running first = style.start(work, vertx, url);
            Waiting.until(() -> server.requests().size() == 2);
            FetchStyle.Running second = style.start(work, vertx, url);
            Waiting.until(() -> server.requests().size() == 3);
            assertEquals("bytes=60000-", range(server.requests().get(1)));
            assertEquals("", range(server.last()));
            first.end().run();
            second.end().run();
            first.join();
            second.join();
        }
        assertEquals(2, names(folder).size());
    }

    @ParameterizedTest
    @EnumSource
    void anEndedAttemptLeavesItsBytesToTheNext(FetchStyle style) throws Exception {
        server.on(
                "/file",
                (socket, request) ->
                        socket.write(head("200 OK", 400_000, "ETag: \"v1\"\r\n") + body.substring(0, 200_000)));
        PartialBodyPolicy resume = PartialBodyPolicy.NEXT_RUN;
        try (FetchWork work = FetchWork.prepare(resuming(resume))) {
            FetchStyle.Running running = style.start(work, vertx, server.url("/file"));
            awaitPartAtRest();
            running.end().run();
            running.join();
        }
        serves("/file", "ETag: \"v1\"\r\n");
        assertWhole(success(fetch(style, resuming(resume), server.url("/file"))));
        assertFalse(range(server.last()).isEmpty());
    }

    /** An interrupt during a write closes the part, and its bytes are lost: that is correct, and rare. */
    private void awaitPartAtRest() throws Exception {
        long[] last = {0, 0};
        Waiting.until(() -> {
            long size = partSize();
            last[1] = size > 0 && size == last[0] ? last[1] + 1 : 0;
            last[0] = size;
            return last[1] == 100;
        });
    }

    @ParameterizedTest
    @EnumSource
    void keepsAPartThroughAttemptsWithoutProgress(FetchStyle style) throws Exception {
        try (FetchWork work = FetchWork.prepare(resuming(PartialBodyPolicy.NEXT_TRY))) {
            firstBreaksOff(style, work, 60_000, "ETag: \"v1\"\r\n");
            server.on("/file", head("503 Busy", 0, ""));
            failure("http-status", true, attempt(style, work));
            server.onClosing("/file", "");
            failure("reset", true, attempt(style, work));
            server.redirect("/file", 302, "/there");
            serves("/there", "ETag: \"v1\"\r\n");
            assertWhole(success(attempt(style, work)));
            assertEquals("bytes=60000-", range(server.last()));
        }
    }

    /**
     * A whole-body status with a Content-Range, or with another length under the same strong tag, holds only a part.
     */
    @ParameterizedTest
    @EnumSource
    void aWholeBodyStatusThatCarriesTheRestIsRequestedAgainWithoutRange(FetchStyle style) throws Exception {
        String mark = "ETag: \"v1\"\r\n";
        String rest = body.substring(60_000);
        String range = "Content-Range: bytes 60000-" + (body.length() - 1) + "/" + body.length() + "\r\n";
        for (String fields : List.of(mark + range, range, mark)) {
            try (FetchWork work = FetchWork.prepare(resuming(PartialBodyPolicy.NEXT_TRY))) {
                firstBreaksOff(style, work, 60_000, mark);
                server.on(
                        "/file",
                        (socket, request) -> socket.write(
                                range(request).isEmpty()
                                        ? head("200 OK", body.length(), mark) + body
                                        : head("200 OK", rest.length(), fields) + rest));
                assertWhole(success(attempt(style, work)));
                assertEquals("", range(server.last()));
            }
            Files.delete(folder.resolve("file"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRangeThatIsAnsweredAsNotModifiedIsRequestedAgainWithoutRange(FetchStyle style) throws Exception {
        try (FetchWork work = FetchWork.prepare(resuming(PartialBodyPolicy.NEXT_TRY))) {
            firstBreaksOff(style, work, 60_000, "ETag: \"v1\"\r\n");
            server.on(
                    "/file",
                    (socket, request) -> socket.write(
                            range(request).isEmpty()
                                    ? head("200 OK", body.length(), "ETag: \"v1\"\r\n") + body
                                    : "HTTP/1.1 304 Not Modified\r\n\r\n"));
            assertWhole(success(attempt(style, work)));
        }
    }

    private long partSize() throws Exception {
        for (String name : names(folder)) {
            if (name.endsWith(".part")) {
                return Files.size(folder.resolve(name));
            }
        }
        return -1;
    }
}
