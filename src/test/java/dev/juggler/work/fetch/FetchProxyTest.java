package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.access.UserCredentials;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import dev.juggler.job.FetchSpec.Proxies;
import dev.juggler.job.TaskError;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchProxyTest extends FetchFixture {
    private static final String BASIC = new UserCredentials("me", "hunter2").basic();

    @TempDir
    static Path folder;

    private static TestCertificates made;

    @BeforeAll
    static void make() throws Exception {
        made = new TestCertificates(folder).selfSigned("server", "-ext", "san=dns:name.invalid");
    }

    @BeforeEach
    void answer() {
        server.on("/end", RawServer.plain("200 OK", "end"));
    }

    private static FetchSpec through(String proxy) {
        Certificates files =
                new Certificates(Optional.of(made.path("server.pem")), Optional.empty(), Optional.empty(), false);
        return get().with(Access.OPEN.with(files).with(new Proxies(Optional.of(proxy), Optional.of("direct.invalid"))));
    }

    private RawServer secure() throws Exception {
        NetServerOptions options = new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(made.path("server.pem"))
                        .setKeyPath(made.path("server.key")));
        return new RawServer(vertx, options).on("/end", RawServer.plain("200 OK", "end"));
    }

    @ParameterizedTest
    @EnumSource
    void asksAnHttpProxyWithItsOwnLogin(FetchStyle style) throws Exception {
        try (TestProxy proxy = TestProxy.http(vertx, server.port())) {
            FetchSpec spec = through("http://me:hunter2@127.0.0.1:" + proxy.port());
            success(fetch(style, spec, "http://name.invalid/end"));
            String asked = proxy.requests().getLast();
            assertTrue(asked.startsWith("GET http://name.invalid/end "), asked);
            assertTrue(asked.contains(BASIC), asked);
            assertFalse(asked.toLowerCase().replace("proxy-authorization", "").contains("authorization"), asked);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tunnelsThroughAnHttpProxyAndHidesTheLoginFromTheServer(FetchStyle style) throws Exception {
        try (RawServer secure = secure();
                TestProxy proxy = TestProxy.http(vertx, secure.port())) {
            FetchSpec spec = through("http://me:hunter2@127.0.0.1:" + proxy.port());
            success(fetch(style, spec, "https://name.invalid/end"));
            String asked = proxy.requests().getFirst();
            assertTrue(asked.startsWith("CONNECT name.invalid:443 ") && asked.contains(BASIC), asked);
            assertFalse(secure.last().toLowerCase().contains("authorization"), secure::last);
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectsDirectlyToExcludedHosts(FetchStyle style) throws Exception {
        try (TestProxy proxy = TestProxy.http(vertx, server.port())) {
            failure("dns", false, fetch(style, through("http://127.0.0.1:" + proxy.port()), "http://direct.invalid/"));
            assertEquals(0, proxy.requests().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAProxyThatRefuses(FetchStyle style) throws Exception {
        try (TestProxy proxy = TestProxy.http(vertx, server.port()).refusing("407 Who are you")) {
            FetchSpec spec = through("http://me:hunter2@127.0.0.1:" + proxy.port());
            for (String url : new String[] {"http://name.invalid/end", "https://name.invalid/end"}) {
                TaskError error = failure("proxy", false, fetch(style, spec, url));
                assertTrue(error.message().contains("127.0.0.1:" + proxy.port()), error::message);
                assertTrue(error.message().contains("407"), error::message);
                assertFalse(error.message().contains("hunter2"), error::message);
                assertFalse(error.message().contains("=>"), error::message);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAMissingProxy(FetchStyle style) {
        TaskError error =
                fetch(style, through("127.0.0.1:1"), "http://name.invalid/").error();
        assertEquals("connect", error.type(), error::message);
        assertTrue(error.message().contains("the proxy 127.0.0.1:1"), error::message);
    }

    @ParameterizedTest
    @EnumSource
    void goesThroughSocksAndLetsItLookUpTheName(FetchStyle style) throws Exception {
        try (RawServer secure = secure();
                TestProxy plain = TestProxy.socks(vertx, server.port());
                TestProxy tunnel = TestProxy.socks(vertx, secure.port())) {
            success(fetch(style, through("socks5://127.0.0.1:" + plain.port()), "http://name.invalid/end"));
            assertTrue(plain.requests().getLast().contains("name.invalid"));
            FetchSpec login = through("socks5h://me:hunter2@127.0.0.1:" + tunnel.port());
            success(fetch(style, login, "https://name.invalid/end"));
            assertTrue(tunnel.requests().getFirst().contains("hunter2"));
        }
    }
}
