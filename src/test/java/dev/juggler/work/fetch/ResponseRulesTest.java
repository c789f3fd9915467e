package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.Input;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.fetch.ResponseVerdict.Accept;
import dev.juggler.work.fetch.ResponseVerdict.FollowUp;
import dev.juggler.work.fetch.ResponseVerdict.Reject;
import dev.juggler.work.fetch.ResponseVerdict.Split;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.FetchSettings;
import dev.juggler.work.fetch.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseRulesTest {
    private static final String URL = "https://me:secret@a.test/dir/file";

    /** Segments have ten bytes at least. */
    private static final FetchSettings SETTINGS =
            new FetchSettings(Duration.ofSeconds(10), 1 << 16, Duration.ofSeconds(10), 10);

    @TempDir
    Path folder;

    /** The rules of one fetch, and what they decide on. */
    private record Fetch(FetchRequests requests, BodyDelivery delivery, ResponseRules rules) {
        ResponseVerdict evaluate(int status, String... headers) {
            return rules.evaluate(requests.first(), head(status, headers));
        }
    }

    private static ResponseHead head(int status, String... fields) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            headers.put(fields[i], fields[i + 1]);
        }
        return new ResponseHead(status, headers::get);
    }

    private static Fetch fetch(FetchSpec spec) {
        return fetch(spec, URL);
    }

    private static Fetch fetch(FetchSpec spec, String url) {
        try {
            FetchPlan plan = FetchPlan.of(spec, SETTINGS, Map.of());
            Task task = new Task(0, Input.url(url));
            FetchInput input = FetchInput.of(task);
            FetchRequests requests = new FetchRequests(plan, plan.access().session(), input.target());
            BodyDelivery delivery = new BodyDelivery(plan, task, input);
            return new Fetch(requests, delivery, new ResponseRules(plan, requests, delivery));
        } catch (dev.juggler.work.fetch.url.InvalidUrlException e) {
            throw new AssertionError(e);
        }
    }

    private FetchSpec saving() {
        SavePolicy policy = new SavePolicy(PartialBodyPolicy.NEXT_RUN, ExistingFilePolicy.FETCH, false, false);
        return FetchSpec.READ.with(new Saving(Optional.of(folder.toString()), false).with(policy));
    }

    /** A fetch with five of ten bytes from an earlier run. */
    private Fetch resumed() throws Exception {
        Fetch earlier = fetch(saving());
        earlier.delivery.begin(head(200, "etag", "\"v1\"", "content-length", "10"), false);
        byte[] bytes = "hello".getBytes(StandardCharsets.US_ASCII);
        earlier.delivery.write(new BodyChunk.CopiedChunk(bytes, bytes.length));
        earlier.delivery.release(BodyChunk.EMPTY);
        Fetch fetch = fetch(saving());
        assertFalse(fetch.delivery.prior().find());
        assertTrue(fetch.delivery.prior().hasPart());
        return fetch;
    }

    private static TaskError rejected(ResponseVerdict verdict) {
        return assertInstanceOf(Reject.class, verdict).error();
    }

    @Test
    void acceptsABodyThatIsAskedFor() {
        Accept accept = assertInstanceOf(Accept.class, fetch(FetchSpec.READ).evaluate(200, "content-length", "5"));
        assertEquals(5, accept.body().declared());
        assertFalse(accept.body().isBuffering(), "nobody wants the bytes");
    }

    @Test
    void buffersABodyThatIsSaved() {
        Accept accept = assertInstanceOf(Accept.class, fetch(saving()).evaluate(200, "content-length", "5"));
        assertTrue(accept.body().isBuffering());
    }

    @Test
    void theLengthInAHeadWithoutABodyIsOfNoBody() {
        FetchSpec spec = FetchSpec.READ.with(new FetchSpec.Request("HEAD", List.of(), Optional.empty()));
        assertEquals(-1, fetch(spec).evaluate(200, "content-length", "5").body().declared());
        assertEquals(
                -1,
                fetch(FetchSpec.READ)
                        .evaluate(304, "content-length", "5")
                        .body()
                        .declared());
    }

    @Test
    void rejectsAHeadThatDoesNotSayWhereItsBodyEnds() {
        TaskError error = rejected(fetch(FetchSpec.READ)
                .evaluate(302, "transfer-encoding", "chunked", "content-length", "5", "location", "/b"));
        assertEquals("protocol", error.type());
        assertTrue(error.retryable());
        assertTrue(error.message().startsWith("a.test "), error::message);
    }

    @Test
    void followsARedirect() {
        FollowUp next = assertInstanceOf(FollowUp.class, fetch(FetchSpec.READ).evaluate(302, "location", "../b?c"));
        assertEquals("https://a.test/b?c", next.next().url().url());
        assertEquals(1, next.next().redirects());
    }

    @ParameterizedTest
    @CsvSource({"http://a.test/", "ftp://a.test/", "''", "'http://[::1'"})
    void rejectsARedirectThatIsNotFollowed(String location) {
        Fetch fetch = fetch(FetchSpec.READ.with(new FetchLimits(0, 100)));
        assertEquals(
                "redirect", rejected(fetch.evaluate(302, "location", location)).type());
        TaskError error = rejected(fetch(FetchSpec.READ).evaluate(302));
        assertEquals("redirect", error.type());
        assertFalse(error.retryable());
    }

    @ParameterizedTest
    @CsvSource({"404, false", "500, true", "503, true", "407, false", "401, false"})
    void rejectsAStatusThatIsNoSuccess(int status, boolean retryable) {
        TaskError error = rejected(fetch(FetchSpec.READ).evaluate(status));
        assertEquals("http-status", error.type());
        assertEquals(retryable, error.retryable());
    }

    @Test
    void answersAChallengeOnceUnlessItsNonceWasStale() {
        Fetch fetch = fetch(FetchSpec.READ);
        String challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
        FollowUp next = assertInstanceOf(FollowUp.class, fetch.evaluate(401, "www-authenticate", challenge));
        assertEquals(1, next.next().challenges());
        assertEquals(
                "http-status",
                rejected(fetch.rules.evaluate(next.next(), head(401, "www-authenticate", challenge)))
                        .type());
        assertInstanceOf(
                FollowUp.class,
                fetch.rules.evaluate(next.next(), head(401, "www-authenticate", challenge + ", stale=true")));
    }

    @Test
    void aChallengeWithoutALoginIsAStatusLikeOthers() {
        Fetch fetch = fetch(FetchSpec.READ, "https://a.test/");
        rejected(fetch.evaluate(401, "www-authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\""));
    }

    @Test
    void rejectsABodyInAnUnknownCodingWhereBodiesAreDecoded() {
        FetchSpec decoding = FetchSpec.READ.with(new FetchLimits(16, 100, TransferRates.ANY, 200));
        rejected(fetch(decoding).evaluate(200, "content-encoding", "rot13"));
        assertInstanceOf(Accept.class, fetch(decoding).evaluate(200, "content-encoding", "gzip"));
        assertInstanceOf(Accept.class, fetch(FetchSpec.READ).evaluate(200, "content-encoding", "rot13"));
    }

    @Test
    void rejectsAPartThatNobodyAskedFor() {
        TaskError error = rejected(fetch(FetchSpec.READ).evaluate(206, "content-range", "bytes 0-4/10"));
        assertEquals("content-range", error.type());
        assertTrue(error.retryable());
    }

    @Test
    void acceptsThePartThatTheUserAskedFor() {
        FetchSpec spec = FetchSpec.READ.with(
                new FetchSpec.Request("GET", List.of(new Header("Range", "bytes=0-4")), Optional.empty()));
        assertInstanceOf(Accept.class, fetch(spec).evaluate(206, "content-range", "bytes 0-4/10"));
    }

    @Test
    void acceptsThePartThatContinuesAnEarlierOne() throws Exception {
        Accept accept = assertInstanceOf(
                Accept.class, resumed().evaluate(206, "content-range", "bytes 5-9/10", "etag", "\"v1\""));
        assertEquals(5, accept.body().count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "206|bytes 5-9/10|\"v2\"",
                "206|bytes 4-9/10|\"v1\"",
                "206|bytes 5-9/11|\"v1\"",
                "416|bytes */3|\"v1\"",
                "412||"
            })
    void asksForTheWholeBodyOnceWhenAPartDoesNotFit(int status, String range, String etag) throws Exception {
        Fetch fetch = resumed();
        assertEquals(3, fetch.delivery.prior().conditions().size());
        FollowUp next = assertInstanceOf(FollowUp.class, fetch.evaluate(status, "content-range", range, "etag", etag));
        assertEquals(fetch.requests.first(), next.next());
        assertEquals(List.of(), fetch.delivery.prior().conditions());
        rejected(fetch.evaluate(status, "content-range", range, "etag", etag));
    }

    @ParameterizedTest
    @CsvSource({"100, 4", "30, 3", "20, 2"})
    void cutsALongBodyIntoSegmentsThatAreNotTooShort(int length, int segments) {
        FetchSpec spec = saving().with(new FetchLimits(16, 100, TransferRates.ANY, 0, 4));
        Split split = assertInstanceOf(
                Split.class,
                fetch(spec).evaluate(200, "content-length", "" + length, "etag", "\"v1\"", "accept-ranges", "bytes"));
        assertEquals(segments, split.segments().parts().size());
        assertEquals(length, split.segments().total());
    }

    @ParameterizedTest
    @CsvSource({
        "19, \"v1\", bytes, 4",
        "101, \"v1\", bytes, 4",
        "100, W/\"v1\", bytes, 4",
        "100, \"v1\", none, 4",
        "100, \"v1\", bytes, 1"
    })
    void takesABodyInOneStreamThatCannotBeCutOrNeedNotBe(int length, String etag, String ranges, int segments) {
        FetchSpec spec = saving().with(new FetchLimits(16, 100, TransferRates.ANY, 0, segments));
        assertInstanceOf(
                Accept.class,
                fetch(spec).evaluate(200, "content-length", "" + length, "etag", etag, "accept-ranges", ranges));
    }
}
