package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchRedirectsTest extends FetchFixture {
    @BeforeEach
    void end() {
        server.on("/end", RawServer.plain("200 OK", "end"));
    }

    @ParameterizedTest
    @EnumSource
    void followsEveryKindOfRedirect(FetchStyle style) {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            server.redirect("/go", status, "/end");
            assertEquals(
                    server.url("/end"),
                    success(fetch(style, get(), server.url("/go"))).url());
        }
    }

    @ParameterizedTest
    @EnumSource
    void rewritesTheMethodAsBrowsersDo(FetchStyle style) {
        Map<Integer, String> methods = Map.of(301, "GET", 302, "GET", 303, "GET", 307, "POST", 308, "POST");
        methods.forEach((status, method) -> {
            server.redirect("/go", status, "/end");
            success(fetch(style, spec("POST", "name=value", null), server.url("/go")));
            assertTrue(server.last().startsWith(method + " /end "), server::last);
            assertEquals(method.equals("POST"), server.last().endsWith("name=value"), server::last);
            assertEquals(method.equals("POST"), lower(server.last()).contains("content-type:"), server::last);
        });
    }

    @ParameterizedTest
    @EnumSource
    void failsWhenRedirectsDoNotEnd(FetchStyle style) {
        server.redirect("/loop", 302, "/loop");
        failure("redirect", false, fetch(style, get(), server.url("/loop")));
        assertEquals(6, server.requests().size());
        FetchSpec none = get().with(new FetchLimits(0, 9));
        server.redirect("/go", 302, "/end");
        failure("redirect", false, fetch(style, none, server.url("/go")));
    }

    @ParameterizedTest
    @EnumSource
    void refusesToLeaveHttp(FetchStyle style) {
        for (String location : List.of("file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "javascript:x")) {
            server.redirect("/go", 302, location);
            failure("redirect", false, fetch(style, get(), server.url("/go")));
        }
        server.on("/nowhere", RawServer.plain("302 Found", ""));
        failure("redirect", false, fetch(style, get(), server.url("/nowhere")));
    }

    @ParameterizedTest
    @EnumSource
    void understandsRelativeAndRawLocations(FetchStyle style) {
        String umlaut = new String("ü".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        Map<String, String> asked = Map.of(
                "end",
                "/a/end",
                "../end",
                "/end",
                "?q=1",
                "/a/go?q=1",
                "//127.0.0.1:" + server.port() + "/end",
                "/end",
                "/a b/" + umlaut,
                "/a%20b/%C3%BC",
                "/end#part",
                "/end",
                "/%zz{}",
                "/%25zz%7B%7D");
        asked.forEach((location, path) -> {
            server.redirect("/a/go", 302, location).on(path, RawServer.plain("200 OK", "end"));
            assertEquals(
                    server.url(path),
                    success(fetch(style, get(), server.url("/a/go"))).url());
        });
    }

    @ParameterizedTest
    @EnumSource
    void doesNotReadAnEndlessRedirectBody(FetchStyle style) {
        server.on("/go", "HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 9999999999\r\n\r\nxxx");
        assertEquals(3, success(fetch(style, get(), server.url("/go"))).bytes());
    }

    @ParameterizedTest
    @EnumSource
    void keepsCredentialsAndTheUsersHeadersAtHome(FetchStyle style) throws Exception {
        try (RawServer other = new RawServer(vertx)) {
            other.on("/away", RawServer.plain("200 OK", ""));
            server.redirect("/go", 302, "/on").redirect("/on", 307, other.url("/away"));
            FetchSpec spec = get(new Header("X-Key", "k1"), new Header("Cookie", "c=1"));
            String url = "http://me:pass%20word@127.0.0.1:" + server.port() + "/go";
            assertEquals(other.url("/away"), success(fetch(style, spec, url)).url());
            for (String request : server.requests()) {
                assertTrue(
                        lower(request).contains("x-key: k1") && lower(request).contains("cookie: c=1"), request);
                assertTrue(request.contains("Basic bWU6cGFzcyB3b3Jk"), request);
            }
            String away = lower(other.last());
            assertFalse(away.contains("x-key") || away.contains("cookie") || away.contains("authorization"), away);
            assertTrue(away.contains("user-agent: juggler"), away);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsWhatTheUserSetAndNothingTwice(FetchStyle style) {
        FetchSpec spec = get(new Header("User-Agent", "mine"), new Header("Host", "name.example:81"));
        success(fetch(style, spec, "127.0.0.1:" + server.port() + "/end"));
        String request = lower(server.last());
        assertTrue(request.contains("\r\nuser-agent: mine\r\n"), request);
        assertTrue(request.contains("\r\nhost: name.example:81\r\n"), request);
        assertEquals(1, request.split("\r\nhost:", -1).length - 1, request);
        assertFalse(request.contains("accept-encoding") || request.contains("upgrade"), request);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
