package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.juggler.access.ProxySelection;
import dev.juggler.access.ProxyServer;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.InvalidUrlException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpRequestHead;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestHeadsTest {
    private static final List<Header> USUAL = List.of(new Header("user-agent", "juggler"), new Header("X-Two", "1"));
    private static final HostAndPort SERVER = HostAndPort.create("example.org", 8080);

    private final RequestHeads heads = new RequestHeads(false);

    private static OutgoingRequest outgoing(String url, List<Header> headers, String body, Optional<ProxyServer> proxy)
            throws InvalidUrlException {
        String method = body == null ? "GET" : "POST";
        return new OutgoingRequest(
                HttpUrl.parse(url),
                method,
                headers,
                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                proxy);
    }

    private HttpRequestHead get(List<Header> headers) throws InvalidUrlException {
        return heads.of(outgoing("http://example.org:8080/a?b", headers, null, Optional.empty()), SERVER);
    }

    @Test
    void aHeadHasMethodTargetAuthorityAndFields() throws Exception {
        HttpRequestHead head = get(USUAL);
        assertEquals(HttpMethod.GET, head.method());
        assertEquals("/a?b", head.uri());
        assertEquals("http", head.scheme);
        assertSame(SERVER, head.authority);
        assertEquals("juggler", head.headers().get("User-Agent"));
        assertEquals(2, head.headers().size());
    }

    @Test
    void aHeadHasTheWholeUrlOnlyWithMetrics() throws Exception {
        OutgoingRequest outgoing = outgoing("http://user:secret@example.org:8080/a?b", USUAL, null, Optional.empty());
        assertEquals(
                "http://example.org:8080/a?b",
                new RequestHeads(true).of(outgoing, SERVER).absoluteURI());
        assertNull(heads.of(outgoing, SERVER).absoluteURI());
    }

    @Test
    void equalFieldsAreReused() throws Exception {
        HttpRequestHead first = get(USUAL);
        assertSame(first.headers(), get(USUAL).headers());
        assertNull(get(List.of(new Header("x-other", "2"))).headers().get("user-agent"));
        assertEquals("juggler", get(USUAL).headers().get("user-agent"));
    }

    @Test
    void theUsersHostReplacesTheServers() throws Exception {
        HttpRequestHead head = get(List.of(new Header("Host", "other.org:81")));
        assertEquals("other.org:81", head.authority.toString());
        assertEquals(0, head.headers().size());
    }

    @Test
    void aBodyAddsItsLengthToThisRequestOnly() throws Exception {
        HttpRequestHead head = heads.of(outgoing("http://example.org/", USUAL, "four", Optional.empty()), SERVER);
        assertEquals("4", head.headers().get("content-length"));
        assertEquals("juggler", head.headers().get("user-agent"));
        assertNull(get(USUAL).headers().get("content-length"));
    }

    @Test
    void aRelayingProxyGetsTheWholeUrlAndTheLogin() throws Exception {
        ProxySelection proxies = ProxySelection.of(Optional.of("http://user:secret@proxy:3128"), Optional.empty());
        HttpRequestHead head = heads.of(
                outgoing("http://example.org/a", USUAL, null, proxies.select(false, "example.org")),
                HostAndPort.create("proxy", 3128));
        assertEquals("http://example.org/a", head.uri());
        assertEquals("example.org", head.authority.toString());
        assertEquals("Basic dXNlcjpzZWNyZXQ=", head.headers().get("proxy-authorization"));
        assertNull(get(USUAL).headers().get("proxy-authorization"));
    }
}
