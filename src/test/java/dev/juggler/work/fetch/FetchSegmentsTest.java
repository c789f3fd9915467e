package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.Result;
import dev.juggler.job.Value;
import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.FetchSettings;
import dev.juggler.work.fetch.saving.Checksum;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies fetched in several parallel ranges. */
class FetchSegmentsTest extends FetchFixture {
    private static final int TOTAL = 400_000;
    private static final String MARK = "Accept-Ranges: bytes\r\nETag: \"v1\"\r\n";
    private static final Set<String> QUARTERS =
            Set.of("bytes=0-99999", "bytes=100000-199999", "bytes=200000-299999", "bytes=300000-399999");

    @TempDir
    Path folder;

    private final String body = numbers();

    /** A body without repetitions, so that bytes at a wrong offset are noticed. */
    private static String numbers() {
        StringBuilder text = new StringBuilder(TOTAL + 8);
        for (int i = 0; text.length() < TOTAL; i++) {
            text.append(i).append(',');
        }
        return text.substring(0, TOTAL);
    }

    private FetchSpec spec(TransferRates flow, PartialBodyPolicy resume) {
        Saving saving = new Saving(Optional.of(folder.toString()), true);
        return get().with(saving.with(new SavePolicy(resume, ExistingFilePolicy.FETCH, false, false)))
                .with(new FetchLimits(5, 1L << 40, flow, 0, 4));
    }

    private static FetchWork work(FetchSpec spec) {
        return FetchWork.prepare(
                spec, new FetchSettings(Duration.ofSeconds(10), 1 << 16, Duration.ofSeconds(10), 50_000), Map.of());
    }

    private Result fetchCut(FetchStyle style) {
        return fetchCut(style, "");
    }

    private Result fetchCut(FetchStyle style, String checksum) {
        try (FetchWork work = work(spec(TransferRates.ANY, PartialBodyPolicy.NEVER))) {
            return style.start(work, vertx, server.url("/file") + checksum).join();
        }
    }

    /** A request with a range, and a possible change of its response. */
    private record Asked(NetSocket socket, int first, int last) {
        String head(String mark, int total) {
            return RawServer.plain("206 Partial Content", "x".repeat(last - first + 1))
                    .split("\r\n\r\n")[0]
                    .concat("\r\n" + mark + "Content-Range: bytes " + first + "-" + last + "/" + total + "\r\n\r\n");
        }

        boolean isThird() {
            return first == 200_000;
        }
    }

    private interface Answer {
        void to(Asked asked);
    }

    private String whole(String mark) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + TOTAL + "\r\n" + mark + "\r\n" + body;
    }

    private void well(Asked asked) {
        asked.socket().write(asked.head(MARK, TOTAL) + body.substring(asked.first(), asked.last() + 1));
    }

    /** Responds with the whole body to a request without a range, and to others with this handler. */
    private void serves(Answer answer) {
        server.on("/file", (socket, request) -> {
            String range = range(request);
            if (range.isEmpty()) {
                socket.write(whole(MARK));
            } else {
                String[] ends = range.substring(6).split("-");
                int last = ends.length < 2 ? TOTAL - 1 : Integer.parseInt(ends[1]);
                answer.to(new Asked(socket, Integer.parseInt(ends[0]), last));
            }
        });
    }

    private static String range(String request) {
        return request.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("range:"))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .orElse("");
    }

    private List<String> ranges() {
        return server.requests().stream().map(FetchSegmentsTest::range).toList();
    }

    private void assertWhole(Result result) throws Exception {
        Value.Fetched value = success(result);
        assertEquals(body, Files.readString(Path.of(value.path())));
        assertEquals(TOTAL, value.bytes());
        assertEquals(sha256(), value.sha256());
        assertEquals(List.of("file"), names(folder));
    }

    private String sha256() {
        return dev.juggler.work.fetch.saving.BodyWriter.hex(
                Checksum.sha256().digest(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Responds only after all four requests have arrived, so they are in flight together. */
    @ParameterizedTest
    @EnumSource
    void fetchesALongBodyInParallelRanges(FetchStyle style) throws Exception {
        Set<Asked> waiting = ConcurrentHashMap.newKeySet();
        serves(asked -> {
            waiting.add(asked);
            if (waiting.size() == 4) {
                waiting.forEach(this::well);
            }
        });
        assertWhole(fetchCut(style, " sha256=" + sha256()));
        assertEquals("", ranges().getFirst());
        assertEquals(QUARTERS, Set.copyOf(ranges().subList(1, 5)));
        assertEquals(5, ranges().size());
        server.requests().stream()
                .skip(1)
                .forEach(request ->
                        assertTrue(request.toLowerCase(Locale.ROOT).contains("\r\nif-range: \"v1\"\r\n"), request));
    }

    @ParameterizedTest
    @EnumSource
    void aWrongChecksumOfAllSegmentsLeavesNothing(FetchStyle style) throws Exception {
        serves(this::well);
        failure("checksum", true, fetchCut(style, " sha256=" + "0".repeat(64)));
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotSplitABodyWithoutAValidatorOrRanges(FetchStyle style) throws Exception {
        for (String mark : List.of("", "ETag: \"v1\"\r\n", "Accept-Ranges: bytes\r\nETag: W/\"v1\"\r\n")) {
            server.on("/file", whole(mark));
            assertWhole(fetchCut(style));
            Files.delete(folder.resolve("file"));
        }
        assertEquals(List.of("", "", ""), ranges());
    }

    /**
     * After any response other than the range of the same version, the body is fetched in one stream from its
     * beginning.
     */
    private void comesInOne(FetchStyle style, Answer third) throws Exception {
        serves(asked -> {
            if (asked.isThird()) {
                third.to(asked);
            } else {
                well(asked);
            }
        });
        assertWhole(fetchCut(style));
        assertEquals(2, ranges().stream().filter(String::isEmpty).count(), () -> ranges().toString());
        Files.delete(folder.resolve("file"));
        server.requests().clear();
    }

    @ParameterizedTest
    @EnumSource
    void requestsTheWholeBodyFromAServerWithoutRanges(FetchStyle style) throws Exception {
        comesInOne(style, asked -> asked.socket().write(whole(MARK)));
        for (String status : List.of("412 No", "416 No", "503 Busy", "302 There")) {
            comesInOne(style, asked -> asked.socket().write(RawServer.plain(status, "no")));
        }
        comesInOne(style, asked -> asked.socket().close());
    }

    @ParameterizedTest
    @EnumSource
    void segmentsOfTwoVersionsAreNeverPutTogether(FetchStyle style) throws Exception {
        String others = "z".repeat(100_000);
        comesInOne(style, asked -> asked.socket().write(asked.head("ETag: \"v2\"\r\n", TOTAL) + others));
        comesInOne(style, asked -> asked.socket().write(asked.head("", TOTAL) + others));
    }

    @ParameterizedTest
    @EnumSource
    void rejectsARangeWithAnotherOffsetOrTotal(FetchStyle style) throws Exception {
        String others = "z".repeat(100_000);
        comesInOne(style, asked -> asked.socket().write(asked.head(MARK, TOTAL + 1) + others));
        comesInOne(style, asked -> {
            Asked shifted = new Asked(asked.socket(), asked.first() + 1, asked.last() + 1);
            asked.socket().write(shifted.head(MARK, TOTAL) + others);
        });
    }

    @ParameterizedTest
    @EnumSource
    void anIncompleteSegmentFailsTheAttempt(FetchStyle style) throws Exception {
        breaksOff();
        failure("truncated", true, fetchCut(style));
        assertEquals(List.of(), names(folder));
        assertEquals(1, ranges().stream().filter(String::isEmpty).count());
    }

    /** The first half arrives, and only then the third quarter is cut off. */
    private void breaksOff() {
        serves(asked -> {
            if (asked.isThird()) {
                asked.socket().write(asked.head(MARK, TOTAL) + body.substring(200_000, 270_000));
                vertx.setPeriodic(5, timer -> {
                    if (partHas(body.substring(0, 165_000))) {
                        vertx.cancelTimer(timer);
                        asked.socket().close();
                    }
                });
            } else {
                well(asked);
            }
        });
    }

    private boolean partHas(String beginning) {
        try {
            for (String name : names(folder)) {
                if (name.endsWith(".part")
                        && Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1)
                                .startsWith(beginning)) {
                    return true;
                }
            }
            return false;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextAttemptResumesAfterTheContiguousBeginning(FetchStyle style) throws Exception {
        for (PartialBodyPolicy resume : List.of(PartialBodyPolicy.NEXT_TRY, PartialBodyPolicy.NEXT_RUN)) {
            try (FetchWork work = work(spec(TransferRates.ANY, resume))) {
                String url = server.url("/file");
                breaksOff();
                failure("truncated", true, style.start(work, vertx, url).join());
                String part = names(folder).stream()
                        .filter(name -> name.endsWith(".part"))
                        .collect(Collectors.joining());
                String beginning = Files.readString(folder.resolve(part));
                assertTrue(body.startsWith(beginning), "a beginning without a gap");
                assertTrue(beginning.length() >= 165_000, () -> beginning.length() + " bytes");
                serves(this::well);
                server.requests().clear();
                assertWhole(style.start(work, vertx, url).join());
                assertTrue(ranges().contains("bytes=" + beginning.length() + "-"), () -> ranges().toString());
            }
            Files.delete(folder.resolve("file"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingWhenCancelled(FetchStyle style) throws Exception {
        Set<Integer> open = ConcurrentHashMap.newKeySet();
        serves(asked -> {
            open.add(asked.first());
            asked.socket().closeHandler(closed -> open.remove(asked.first()));
            asked.socket().write(asked.head(MARK, TOTAL) + body.substring(asked.first(), asked.first() + 70_000));
        });
        try (FetchWork work = work(spec(TransferRates.ANY, PartialBodyPolicy.NEVER))) {
            FetchStyle.Running running = style.start(work, vertx, server.url("/file"));
            Waiting.until(() -> open.size() == 4 && !names(folder).isEmpty());
            running.end().run();
            assertInstanceOf(Result.Cancelled.class, running.join());
            assertEquals(List.of(), names(folder));
            Waiting.until(open::isEmpty);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abortsSilentSegments(FetchStyle style) throws Exception {
        serves(asked ->
                asked.socket().write(asked.head(MARK, TOTAL) + body.substring(asked.first(), asked.first() + 70_000)));
        try (FetchWork work =
                work(spec(new TransferRates(Optional.of(Duration.ofMillis(1_500)), 0, 0), PartialBodyPolicy.NEVER))) {
            Result result = style.start(work, vertx, server.url("/file")).join();
            assertTrue(failure("idle", true, result).message().contains("280000 bytes"), result::toString);
            assertEquals(List.of(), names(folder));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1L << 40})
    void rangesCoverWhatIsMissingWithoutOverlap(long from) {
        Segments segments = Segments.split(EntityVersion.UNKNOWN, from, from + 1_000_003, 7);
        List<ContentRange> ranges =
                segments.parts().stream().map(Segments.Segment::range).toList();
        long next = from;
        for (ContentRange range : ranges) {
            assertEquals(next, range.first());
            assertEquals(1_000_003 / 7, range.length(), 1);
            next = range.last() + 1;
        }
        assertEquals(from + 1_000_003, next);
        assertEquals(from, segments.contiguous());
    }
}
