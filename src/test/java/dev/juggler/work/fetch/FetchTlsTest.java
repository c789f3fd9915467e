package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import dev.juggler.job.FetchSpec.Login;
import dev.juggler.job.TaskError;
import dev.juggler.work.InvalidWorkException;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trusted certificates, messages about others, and client certificates. */
class FetchTlsTest extends FetchFixture {
    @TempDir
    static Path folder;

    private static TestCertificates made;

    @BeforeAll
    static void make() throws Exception {
        made = new TestCertificates(folder)
                .selfSigned("authority", "-ext", "bc:c")
                .signed("good", "authority", "-ext", "san=ip:127.0.0.1")
                .signed("expired", "authority", "-ext", "san=ip:127.0.0.1", "-startdate", "-2y", "-validity", "30")
                .signed("early", "authority", "-ext", "san=ip:127.0.0.1", "-startdate", "+2y", "-validity", "30")
                .signed("elsewhere", "authority", "-ext", "san=dns:other.example")
                .signed("client", "authority")
                .selfSigned("alone", "-ext", "san=ip:127.0.0.1");
    }

    private static FetchSpec trusting(String authority, String own, String key, boolean insecure) {
        Certificates files = new Certificates(
                Optional.ofNullable(authority).map(made::path),
                Optional.ofNullable(own).map(made::path),
                Optional.ofNullable(key).map(made::path),
                insecure);
        return get().with(Access.OPEN.with(files));
    }

    private static RawServer secure(String certificate, ClientAuth auth) throws Exception {
        NetServerOptions options = new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(made.path(certificate + ".pem"))
                        .setKeyPath(made.path(certificate + ".key")));
        options.getSslOptions();
        options.setClientAuth(auth).setTrustOptions(new PemTrustOptions().addCertPath(made.path("authority.pem")));
        return new RawServer(vertx, options).on("/", RawServer.plain("200 OK", "hello"));
    }

    private static String url(RawServer server) {
        return "https://127.0.0.1:" + server.port() + "/";
    }

    @ParameterizedTest
    @EnumSource
    void trustsTheGivenAuthoritiesOnly(FetchStyle style) throws Exception {
        try (RawServer good = secure("good", ClientAuth.NONE)) {
            success(fetch(style, trusting("authority.pem", null, null, false), url(good)));
            assertRefused(style, trusting("alone.pem", null, null, false), good, "an authority that is not trusted");
            assertRefused(style, get(), good, "an authority that is not trusted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatIsWrongWithACertificate(FetchStyle style) throws Exception {
        FetchSpec spec = trusting("authority.pem", null, null, false);
        try (RawServer expired = secure("expired", ClientAuth.NONE);
                RawServer early = secure("early", ClientAuth.NONE);
                RawServer elsewhere = secure("elsewhere", ClientAuth.NONE);
                RawServer alone = secure("alone", ClientAuth.NONE)) {
            assertRefused(style, spec, expired, "its certificate expired on 20");
            assertRefused(style, spec, early, "its certificate is not valid before 20");
            assertRefused(style, spec, elsewhere, "its certificate is for another host");
            assertRefused(style, spec, alone, "its certificate is self-signed");
        }
    }

    private static void assertRefused(FetchStyle style, FetchSpec spec, RawServer server, String why) {
        TaskError error = failure("tls", false, fetch(style, spec, url(server)));
        assertTrue(error.message().contains(why), error::message);
        assertTrue(!error.message().contains("\n"), error::message);
    }

    @ParameterizedTest
    @EnumSource
    void trustsAnyCertificateOnRequest(FetchStyle style) throws Exception {
        FetchSpec spec = trusting(null, null, null, true);
        try (RawServer expired = secure("expired", ClientAuth.NONE);
                RawServer elsewhere = secure("elsewhere", ClientAuth.NONE);
                RawServer alone = secure("alone", ClientAuth.NONE)) {
            success(fetch(style, spec, url(expired)));
            success(fetch(style, spec, url(elsewhere)));
            success(fetch(style, spec, url(alone)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsItsOwnCertificate(FetchStyle style) throws Exception {
        try (RawServer picky = secure("good", ClientAuth.REQUIRED)) {
            success(fetch(style, trusting("authority.pem", "client.pem", "client.key", false), url(picky)));
            failure("tls", false, fetch(style, trusting("authority.pem", null, null, false), url(picky)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesHttpsOnlyOnRequest(FetchStyle style) throws Exception {
        server.on("/end", RawServer.plain("200 OK", "end"));
        try (RawServer good = secure("good", ClientAuth.NONE)) {
            good.redirect("/", 302, server.url("/end"));
            FetchSpec strict = trusting("authority.pem", null, null, false);
            TaskError refused = failure("redirect", false, fetch(style, strict, url(good)));
            assertTrue(refused.message().contains("--allow-downgrade"), refused::message);
            Access lax = strict.access()
                    .with(new Login(Optional.of("me:hunter2"), false, Optional.empty()))
                    .withDowngrade();
            success(fetch(style, strict.with(lax), url(good)));
            assertTrue(!server.last().toLowerCase().contains("authorization"), server::last);
        }
    }

    @Test
    void namesFilesThatAreNoCertificatesOrKeys() throws Exception {
        Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
        Files.writeString(folder.resolve("bad.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.writeString(
                folder.resolve("old.key"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertUsage(trusting("missing.pem", null, null, false), "missing.pem", "no such file");
        assertUsage(trusting("junk.pem", null, null, false), junk.toString(), "no certificate");
        assertUsage(trusting("bad.pem", null, null, false), "bad.pem", "is invalid");
        assertUsage(trusting(null, "client.pem", "junk.pem", false), junk.toString(), "no private key");
        assertUsage(trusting(null, "client.pem", "old.key", false), "old.key", "openssl pkcs8");
        assertUsage(trusting(null, null, "client.key", false), "--cert");
    }

    private static void assertUsage(FetchSpec spec, String... parts) {
        InvalidWorkException refused = assertThrows(InvalidWorkException.class, () -> FetchWork.prepare(spec));
        for (String part : parts) {
            assertTrue(refused.getMessage().contains(part), refused::getMessage);
        }
    }
}
