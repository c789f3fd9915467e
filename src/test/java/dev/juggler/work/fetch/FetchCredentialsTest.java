package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Cookies;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.Login;
import dev.juggler.job.Result;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.fetch.http.FetchSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Headers with variables, users, netrc files and cookies, which are sent to the home origin only. */
class FetchCredentialsTest extends FetchFixture {
    private static final String ME = new dev.juggler.access.UserCredentials("me", "hunter2").basic();

    @TempDir
    Path folder;

    private RawServer other;

    @BeforeEach
    void answer() throws Exception {
        other = new RawServer(vertx);
        server.on("/end", RawServer.plain("200 OK", "end")).redirect("/leave", 302, other.url("/end"));
        other.on("/end", RawServer.plain("200 OK", "end")).redirect("/back", 302, server.url("/end"));
    }

    static Access access(String user, Path netrc, Path jar) {
        return Access.OPEN
                .with(new Login(
                        Optional.ofNullable(user),
                        false,
                        Optional.ofNullable(netrc).map(Path::toString)))
                .with(new Cookies(true, Optional.ofNullable(jar).map(Path::toString)));
    }

    private static Result fetch(FetchStyle style, FetchSpec spec, Map<String, String> secrets, String url) {
        try (FetchWork work = FetchWork.prepare(spec, FetchSettings.DEFAULT, secrets)) {
            return style.start(work, vertx, url).join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void logsInAtTheOriginOfTheInputAlone(FetchStyle style) {
        FetchSpec spec = get().with(access("me:${PASS}", null, null));
        success(fetch(style, spec, Map.of("PASS", "hunter2"), server.url("/leave")));
        assertTrue(server.last().contains(ME), server::last);
        assertFalse(other.last().toLowerCase().contains("authorization"), other::last);
        server.redirect("/round", 302, other.url("/back"));
        success(fetch(style, spec, Map.of("PASS", "hunter2"), server.url("/round")));
        assertTrue(server.last().startsWith("GET /end ") && server.last().contains(ME), server::last);
    }

    @ParameterizedTest
    @EnumSource
    void aUserInTheUrlPrecedesTheOptionAndAHeaderPrecedesBoth(FetchStyle style) {
        FetchSpec spec = get().with(access("other:x", null, null));
        String url = "http://me:hunter2@127.0.0.1:" + server.port() + "/end";
        success(fetch(style, spec, url));
        assertTrue(server.last().contains(ME), server::last);
        success(fetch(style, get(new Header("Authorization", "Bearer t")).with(spec.access()), url));
        assertTrue(server.last().contains("Bearer t") && !server.last().contains("Basic"), server::last);
    }

    @ParameterizedTest
    @EnumSource
    void logsInWithTheNetrcFile(FetchStyle style) throws Exception {
        Path netrc = Files.writeString(folder.resolve("netrc"), "machine 127.0.0.1 login me password hunter2\n");
        success(fetch(style, get().with(access(null, netrc, null)), server.url("/leave")));
        assertTrue(server.last().contains(ME), server::last);
        assertFalse(other.last().contains("Basic"), other::last);
    }

    @ParameterizedTest
    @EnumSource
    void sendsCookiesBackToAuthorizedHostsOnly(FetchStyle style) {
        server.on(
                "/login",
                "HTTP/1.1 302 Found\r\nLocation: /inside\r\nSet-Cookie: id=7; Path=/inside\r\nSet-Cookie: b=2\r\n"
                        + "Set-Cookie: evil=1; Domain=example.org\r\nContent-Length: 0\r\n\r\n");
        server.redirect("/inside", 302, "/end");
        success(fetch(style, get(), server.url("/login")));
        List<String> requests = server.requests();
        assertEquals("id=7; b=2", cookie(requests.get(1)));
        assertEquals("b=2", cookie(requests.get(2)));
        Access none = Access.OPEN.with(new Cookies(false, Optional.empty()));
        success(fetch(style, get().with(none), server.url("/login")));
        assertEquals("", cookie(server.last()));
    }

    @ParameterizedTest
    @EnumSource
    void readsAndWritesTheCookieJar(FetchStyle style) throws Exception {
        Path jar = Files.writeString(folder.resolve("jar"), "127.0.0.1\tFALSE\t/\tFALSE\t0\told\t1\n");
        server.on("/set", "HTTP/1.1 200 OK\r\nSet-Cookie: new=2; Max-Age=1000; Path=/\r\nContent-Length: 0\r\n\r\n");
        FetchSpec spec = get().with(access(null, null, jar));
        success(fetch(style, spec, server.url("/set")));
        assertEquals("old=1", cookie(server.last()));
        success(fetch(style, spec, server.url("/end")));
        assertEquals("old=1; new=2", cookie(server.last()));
        assertTrue(Files.readString(jar).contains("\tnew\t2\n"));
    }

    /** Checking a domain needs a list that is only loaded before the next request, of which there may be none. */
    @ParameterizedTest
    @EnumSource
    void aCookieForADomainReachesTheJarThoughNoRequestFollows(FetchStyle style) throws Exception {
        Path jar = folder.resolve("jar");
        server.on(
                "/set",
                "HTTP/1.1 200 OK\r\nSet-Cookie: s=abc; Domain=example.localhost\r\nSet-Cookie: t=1\r\n"
                        + "Content-Length: 0\r\n\r\n");
        String url = server.url("/set").replace("127.0.0.1", "www.example.localhost");
        success(fetch(style, get().with(access(null, null, jar)), url));
        String written = Files.readString(jar);
        assertTrue(written.contains(".example.localhost\tTRUE\t/\tFALSE\t0\ts\tabc\n"), written);
        assertTrue(written.contains("\tt\t1\n"), written);
    }

    private static String cookie(String request) {
        return request.lines()
                .filter(line -> line.toLowerCase().startsWith("cookie: "))
                .map(line -> line.substring(8))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @EnumSource
    void replacesVariablesInHeaders(FetchStyle style) throws Exception {
        Path env = Files.writeString(folder.resolve(".env"), "CLIENT_ID='abc 1'\n");
        Access access = Access.OPEN.withVariables(env.toString());
        FetchSpec spec =
                get(new Header("Authorization", "Client-ID ${CLIENT_ID}")).with(access);
        success(fetch(style, spec, server.url("/leave")));
        assertTrue(server.last().contains("Client-ID abc 1\r\n"), server::last);
        assertFalse(other.last().contains("Client-ID"), other::last);
    }

    @Test
    void rejectsMissingFilesAndVariablesFirst() {
        Path missing = folder.resolve("missing");
        refused("netrc", get().with(access(null, missing, null)));
        refused("NONE_SUCH", get(new Header("X", "${NONE_SUCH}")));
        refused("NONE_SUCH", get().with(access("me:${NONE_SUCH}", null, null)));
        refused("cookie jar", get().with(access(null, null, missing.resolve("deeper"))));
        InvalidWorkException broken = assertThrows(
                InvalidWorkException.class,
                () -> FetchWork.prepare(get(new Header("X", "${X}")), FetchSettings.DEFAULT, Map.of("X", "hunter2\n")));
        assertFalse(broken.getMessage().contains("hunter2"), broken::getMessage);
    }

    private static void refused(String what, FetchSpec spec) {
        InvalidWorkException refused = assertThrows(InvalidWorkException.class, () -> FetchWork.prepare(spec));
        assertTrue(refused.getMessage().contains(what) && !refused.isOutput(), refused::getMessage);
    }
}
