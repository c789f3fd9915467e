package dev.juggler.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySelectionTest {

    private static ProxySelection of(String named, Map<String, String> environment) {
        return ProxySelection.of(Optional.ofNullable(named), Optional.empty(), environment::get);
    }

    private static String chosen(ProxySelection proxies, boolean tls) {
        return proxies.select(tls, "example.org").map(ProxyServer::authority).orElse("none");
    }

    @Test
    void readsTheEnvironmentAsCurlDoes() {
        ProxySelection each =
                of(null, Map.of("http_proxy", "http://one:81", "HTTPS_PROXY", "two:82", "ALL_PROXY", "three:83"));
        assertEquals("one:81", chosen(each, false));
        assertEquals("two:82", chosen(each, true));
        ProxySelection all = of(null, Map.of("all_proxy", "socks5://three", "HTTP_PROXY", "http://trap:1"));
        assertEquals("three:1080", chosen(all, false));
        assertTrue(all.select(false, "example.org").orElseThrow().socks());
        assertEquals("none", chosen(of(null, Map.of("HTTP_PROXY", "http://trap:1")), false));
    }

    @Test
    void aConfiguredProxyReplacesTheEnvironmentAndAnEmptyOneDisablesIt() {
        Map<String, String> environment = Map.of("http_proxy", "http://one:81");
        assertEquals("two:82", chosen(of("http://two:82", environment), false));
        assertEquals("two:82", chosen(of("http://two:82", environment), true));
        assertEquals("none", chosen(of("", environment), false));
    }

    @Test
    void parsesUserAndPasswordAndHidesThem() {
        ProxyServer proxy = ProxyServer.parse("http://me%40home:p%3aw+d@[::1]:3128", "--proxy");
        assertEquals(Optional.of(new UserCredentials("me@home", "p:w+d")), proxy.login());
        assertEquals("[::1]:3128", proxy.authority());
        assertFalse(proxy.toString().contains("p:w"), proxy::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://h:1", "https://h:1", "http://:1", "http://h:99999", "http://me:hunter2@h h", "socks4://h"
            })
    void rejectsAMalformedAddressWithoutShowingIt(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> of(null, Map.of("https_proxy", text)));
        assertTrue(refused.getMessage().contains("https_proxy"), refused::getMessage);
        assertFalse(refused.getMessage().contains("hunter2"), refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "'*', any.example, true",
        "'example.org', example.org, true",
        "'example.org', www.example.org, true",
        "'.example.org', example.org, true",
        "'example.org', badexample.org, false",
        "'a, example.org b', www.EXAMPLE.org, false",
        "'a, example.org b', www.example.org, true",
        "'127.0.0.1', 127.0.0.1, true",
        "'0.0.1', 127.0.0.1, false",
        "'10.0.0.0/8', 10.200.3.4, true",
        "'10.0.0.0/8', 11.0.0.1, false",
        "'::1', ::1, true",
        "'[fe80::]/10', fe80::7, true",
        "'', example.org, false"
    })
    void connectsDirectlyToTheHostsOfNoProxy(String list, String host, boolean direct) {
        assertEquals(direct, NoProxyList.parse(list).contains(host));
    }
}
