package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.Request;
import dev.juggler.work.fetch.http.FetchSession;
import dev.juggler.work.fetch.http.FetchSettings;
import dev.juggler.work.fetch.http.OutgoingRequest;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.InvalidUrlException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FetchRequestsTest {
    private static final String BASIC = "Basic bWU6c2VjcmV0";

    private static HttpUrl url(String text) {
        try {
            return HttpUrl.parse(text);
        } catch (InvalidUrlException e) {
            throw new AssertionError(e);
        }
    }

    private static FetchPlan plan(Request request) {
        return FetchPlan.of(FetchSpec.READ.with(request), FetchSettings.DEFAULT, Map.of());
    }

    private static FetchRequests requests(FetchPlan plan, String input) {
        return new FetchRequests(plan, plan.access().session(), url(input));
    }

    private static FetchRequests get(String input, Header... headers) {
        return requests(plan(new Request("GET", List.of(headers), Optional.empty())), input);
    }

    private static String header(OutgoingRequest request, String name) {
        return request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .reduce((one, other) -> one + " and " + other)
                .orElse(null);
    }

    private static String header(FetchRequests requests, RequestTarget target, String name) {
        return header(requests.build(target, List.of()), name);
    }

    @Test
    void theFirstRequestIsForTheInputAsTheJobHasIt() {
        FetchPlan plan = plan(new Request("POST", List.of(), Optional.of("body")));
        FetchRequests requests = requests(plan, "http://a.test/1");
        OutgoingRequest first = requests.build(requests.first(), List.of());
        assertEquals("http://a.test/1", first.target().url());
        assertEquals("POST", first.method());
        assertArrayEquals("body".getBytes(StandardCharsets.UTF_8), first.body());
        assertEquals(Optional.empty(), first.proxy());
    }

    @Test
    void theHeadersOfThePlanAreTheSameListWhereNothingIsAdded() {
        FetchPlan plan = plan(new Request("GET", List.of(new Header("X-Mine", "1")), Optional.empty()));
        FetchRequests requests = requests(plan, "http://a.test/1");
        assertSame(
                plan.request().headers(),
                requests.build(requests.first(), List.of()).headers());
    }

    @Test
    void theUsersHeadersGoToTheOriginOfTheInputOnly() {
        FetchRequests requests = get("http://a.test/1", new Header("X-Mine", "1"), new Header("User-Agent", "mine"));
        RequestTarget home = requests.first().redirectedTo(url("http://a.test/2"), 302);
        assertEquals("1", header(requests, home, "x-mine"));
        assertEquals("mine", header(requests, home, "user-agent"));
        for (String other : List.of("https://a.test/2", "http://b.test/2", "http://a.test:81/2")) {
            RequestTarget away = requests.first().redirectedTo(url(other), 302);
            assertNull(header(requests, away, "x-mine"), other);
            assertEquals("juggler", header(requests, away, "user-agent"), other);
        }
    }

    @Test
    void theLoginOfTheInputStaysWithItsOrigin() {
        FetchRequests requests = get("http://me:secret@a.test/1");
        assertEquals(BASIC, header(requests, requests.first(), "authorization"));
        assertEquals(
                BASIC, header(requests, requests.first().redirectedTo(url("http://a.test/2"), 302), "authorization"));
        assertNull(header(requests, requests.first().redirectedTo(url("http://b.test/2"), 302), "authorization"));
    }

    @Test
    void aLoginInALocationBelongsToWhereItLeads() {
        FetchRequests requests = get("http://a.test/1");
        RequestTarget away = requests.first().redirectedTo(url("http://me:secret@b.test/2"), 302);
        assertEquals(BASIC, header(requests, away, "authorization"));
    }

    @Test
    void theUsersOwnAuthorizationGoesBeforeALogin() {
        FetchRequests requests = get("http://me:secret@a.test/1", new Header("Authorization", "Bearer mine"));
        assertEquals("Bearer mine", header(requests, requests.first(), "authorization"));
    }

    @Test
    void aJobMayNameTheOriginThatGetsHeadersAndLogin() {
        Access access = Access.OPEN.at("http://home.test/");
        FetchSpec spec = FetchSpec.READ
                .with(access)
                .with(new Request("GET", List.of(new Header("X-Mine", "1")), Optional.empty()));
        FetchPlan plan = FetchPlan.of(spec, FetchSettings.DEFAULT, Map.of());
        FetchRequests requests = requests(plan, "http://a.test/1");
        assertNull(header(requests, requests.first(), "x-mine"));
        RequestTarget home = requests.first().redirectedTo(url("http://home.test/2"), 302);
        assertEquals("1", header(requests, home, "x-mine"));
    }

    @Test
    void conditionsAreAddedUnlessTheUserHasTheirOwn() {
        FetchRequests requests = get("http://a.test/1", new Header("If-Range", "\"mine\""));
        OutgoingRequest request = requests.build(
                requests.first(), List.of(new Header("range", "bytes=5-"), new Header("if-range", "\"v1\"")));
        assertEquals("bytes=5-", header(request, "range"));
        assertEquals("\"mine\"", header(request, "if-range"));
    }

    @Test
    void aRequestThatLostItsBodyLosesTheHeadersOfTheBody() {
        FetchPlan plan =
                plan(new Request("POST", List.of(new Header("Content-Type", "text/plain")), Optional.of("body")));
        FetchRequests requests = requests(plan, "http://a.test/1");
        RequestTarget next = requests.first().redirectedTo(url("http://a.test/2"), 303);
        OutgoingRequest request = requests.build(next, List.of());
        assertEquals("GET", request.method());
        assertNull(request.body());
        assertNull(header(request, "content-type"));
    }

    @Test
    void cookiesGoWhereTheyBelong() {
        FetchPlan plan = FetchPlan.of(
                FetchSpec.READ.with(Access.OPEN.with(new FetchSpec.Cookies(true, Optional.empty()))),
                FetchSettings.DEFAULT,
                Map.of());
        FetchSession session = plan.access().session();
        FetchRequests requests = new FetchRequests(plan, session, url("http://a.test/1"));
        session.receiveCookies(url("http://a.test/1"), new ResponseHead(200, Map.of("set-cookie", "c=1; Path=/")::get));
        assertEquals("c=1", header(requests, requests.first(), "cookie"));
        assertNull(header(requests, requests.first().redirectedTo(url("http://b.test/"), 302), "cookie"));
    }

    @Test
    void onlyAPlainGetWithoutARangeOfTheUserMayAskForAPart() {
        FetchRequests plain = get("http://a.test/1");
        assertTrue(plain.mayRequestPart(plain.first()));
        FetchRequests ranged = get("http://a.test/1", new Header("Range", "bytes=0-1"));
        assertFalse(ranged.mayRequestPart(ranged.first()));
        FetchRequests post = requests(plan(new Request("POST", List.of(), Optional.of("body"))), "http://a.test/1");
        assertFalse(post.mayRequestPart(post.first()));
    }
}
