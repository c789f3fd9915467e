package dev.juggler.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieStoreTest {
    private final CookieStore cookies = new CookieStore();

    private void set(String host, String path, String... values) {
        cookies.store(true, host, 443, path, List.of(values));
    }

    private String sent(String host, String path) {
        return cookies.header(true, host, 443, path);
    }

    @Test
    void isSentToItsHostOnly() {
        set("a.example.org", "/", "id=1");
        assertEquals("id=1", sent("a.example.org", "/x?y"));
        assertNull(sent("example.org", "/"));
        assertNull(sent("b.a.example.org", "/"));
        assertNull(sent("notexample.org", "/"));
    }

    @Test
    void isSentToSubdomainsWhenItNamesTheDomain() {
        set("a.example.org", "/", "id=1; Domain=.Example.org");
        assertEquals("id=1", sent("b.example.org", "/"));
        assertEquals("id=1", sent("example.org", "/"));
        assertNull(sent("badexample.org", "/"));
    }

    @Test
    void isRejectedForAnotherDomainAndAPublicSuffix() {
        set("a.example.co.uk", "/", "a=1; Domain=other.co.uk", "b=1; Domain=co.uk", "c=1; Domain=uk");
        set("me.github.io", "/", "d=1; Domain=github.io");
        assertNull(sent("a.example.co.uk", "/"));
        assertNull(sent("b.co.uk", "/"));
        assertNull(sent("you.github.io", "/"));
    }

    @Test
    void keepsToItsPath() {
        set("h", "/shop/list", "a=1", "b=2; Path=/", "c=3; Path=/shop/list");
        assertEquals("c=3; a=1; b=2", sent("h", "/shop/list?x=1"));
        assertEquals("b=2", sent("h", "/shopping"));
    }

    @Test
    void aSecureCookieIsNeverSentOrAcceptedInTheClear() {
        set("h", "/", "a=1; Secure");
        assertNull(cookies.header(false, "h", 80, "/"));
        cookies.store(false, "h", 80, "/", List.of("b=1; Secure"));
        assertEquals("a=1", sent("h", "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__Host-a=1; Secure; Path=/",
                "__HOST-a=1; secure; path=/; HttpOnly",
                "__Secure-a=1; Secure",
                "__Secure-a=1; Secure; Domain=example.org; Path=/",
                "__Hosta=1",
                "a__Host-=1"
            })
    void acceptsACookieThatMeetsItsPrefix(String value) {
        set("www.example.org", "/", value);
        assertEquals(value.substring(0, value.indexOf('=') + 2), sent("www.example.org", "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__Host-a=1; Path=/",
                "__Host-a=1; Secure",
                "__Host-a=1; Secure; Path=/x",
                "__Host-a=1; Secure; Path=/; Domain=www.example.org",
                "__host-a=1; Secure; Path=/; Domain=example.org",
                "__HOST-a",
                "__Secure-a=1; Path=/",
                "__sEcUrE-a=1"
            })
    void rejectsACookieThatViolatesItsPrefix(String value) {
        set("www.example.org", "/", value);
        assertNull(sent("www.example.org", "/"));
    }

    @Test
    void rejectsACookieWithAPrefixOverAPlainConnection() {
        cookies.store(false, "h", 80, "/", List.of("__Host-a=1; Secure; Path=/", "__Secure-b=1; Secure", "c=1"));
        assertEquals("c=1", sent("h", "/"));
    }

    @Test
    void isReplacedAndDeleted() {
        set("h", "/", "a=1", "b=1");
        set("h", "/", "a=2", "b=; Max-Age=0");
        assertEquals("a=2", sent("h", "/"));
        set("h", "/", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assertNull(sent("h", "/"));
    }

    @Test
    void expires() {
        Instant now = Instant.now();
        CookieStore later = new CookieStore(Clock.fixed(now.plus(Duration.ofHours(2)), ZoneOffset.UTC));
        later.store(true, "h", 443, "/", List.of("short=1; Max-Age=3600", "long=1; Max-Age=36000"));
        assertEquals("long=1", later.header(true, "h", 443, "/"));
    }

    @Test
    void staysBoundedWhateverServersSet() {
        IntStream.range(0, 60).forEach(i -> set("h", "/", "c" + i + "=1"));
        assertEquals(50, sent("h", "/").split("; ").length);
        IntStream.range(0, 5_000).forEach(i -> set("h" + i, "/", "c=1"));
        assertEquals(3_000, cookies.all().size());
        set("h", "/", "big=" + "x".repeat(5_000));
        assertNull(sent("h", "/"));
    }

    @Test
    void ignoresMalformedCookies() {
        set("h", "/", "", ";", "=", "novalue");
        assertEquals("ok=1", sentAfter("ok=1"));
    }

    private String sentAfter(String value) {
        set("h", "/ok", value + "; Path=/ok");
        return sent("h", "/ok").replaceAll("; novalue=?", "");
    }
}
