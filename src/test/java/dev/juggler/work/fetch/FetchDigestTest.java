package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Login;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Digest authentication against a server that computes RFC 7616 itself. */
class FetchDigestTest extends FetchFixture {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");

    private int nonces;

    private static FetchSpec as(String user, boolean digest) {
        return get().with(Access.OPEN.with(new Login(Optional.of(user), digest, Optional.empty())));
    }

    /** Sends a challenge with this algorithm and a nonce that is valid for this many requests. */
    private void guard(String path, String algorithm, int uses) {
        int[] left = {0};
        server.on(path, (socket, request) -> {
            String authorization = authorization(request);
            String nonce = "nonce" + nonces;
            boolean right = authorization.startsWith("Digest ") && isRight(authorization, path, algorithm);
            if (right && left[0] > 0 && parameter(authorization, "nonce").equals(nonce)) {
                left[0]--;
                socket.write(RawServer.plain("200 OK", "inside"));
            } else {
                left[0] = uses;
                challenge(socket, algorithm, right);
            }
        });
    }

    private void challenge(NetSocket socket, String algorithm, boolean stale) {
        nonces++;
        socket.write("HTTP/1.1 401 Unauthorized\r\n"
                + "WWW-Authenticate: Digest realm=\"x\", qop=\"auth\", algorithm=NEW-ONE, nonce=\"other\"\r\n"
                + "WWW-Authenticate:"
                + " Basic"
                + " realm=\"x\","
                + " Digest"
                + " realm=\"the,"
                + " realm\","
                + " qop=\"auth\","
                + " algorithm=" + algorithm + ", nonce=\"nonce" + nonces + "\", opaque=\"o\", stale=" + stale
                + "\r\nContent-Length: 2\r\n\r\nno");
    }

    private static String authorization(String request) {
        return request.lines()
                .filter(line -> line.toLowerCase().startsWith("authorization:"))
                .map(line -> line.substring(14).strip())
                .findFirst()
                .orElse("");
    }

    private static String parameter(String header, String name) {
        Matcher found = PARAMETER.matcher(header);
        while (found.find()) {
            if (found.group(1).equals(name)) {
                return found.group(2) == null ? found.group(3) : found.group(2);
            }
        }
        return "";
    }

    private static boolean isRight(String header, String path, String algorithm) {
        String a1 = hash(algorithm, "me:the, realm:hunter2");
        String a2 = hash(algorithm, "GET:" + path);
        String right = hash(
                algorithm,
                String.join(
                        ":",
                        a1,
                        parameter(header, "nonce"),
                        parameter(header, "nc"),
                        parameter(header, "cnonce"),
                        "auth",
                        a2));
        return right.equals(parameter(header, "response"))
                && parameter(header, "uri").equals(path)
                && parameter(header, "username").equals("me");
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"ASYNC,MD5", "ASYNC,SHA-256", "BLOCKING,MD5", "BLOCKING,SHA-256", "VIRTUAL,SHA-256"})
    void sendsADigestOnRequestAndNeverThePassword(FetchStyle style, String algorithm) {
        guard("/in?a=1", algorithm, 100);
        success(fetch(style, as("me:hunter2", true), server.url("/in?a=1")));
        assertEquals(2, server.requests().size());
        assertEquals("", authorization(server.requests().getFirst()));
        assertFalse(server.last().contains("Basic"), server::last);
    }

    @ParameterizedTest
    @EnumSource
    void sendsADigestAfterARejectedPassword(FetchStyle style) {
        guard("/in", "SHA-256", 100);
        success(fetch(style, as("me:hunter2", false), server.url("/in")));
        assertEquals(2, server.requests().size());
    }

    @ParameterizedTest
    @EnumSource
    void triesAWrongPasswordOnceAndReplacesAStaleNonce(FetchStyle style) {
        guard("/in", "SHA-256", 0);
        failure("http-status", false, fetch(style, as("me:hunter2", true), server.url("/in")));
        int stale = server.requests().size();
        assertEquals(4, stale, "three answers to nonces that are too old at once");
        failure("http-status", false, fetch(style, as("me:wrong", true), server.url("/in")));
        assertEquals(2, server.requests().size() - stale);
    }

    @Test
    void theNextRequestAuthenticatesUnprompted() throws Exception {
        guard("/in", "MD5", 100);
        try (FetchWork work = FetchWork.prepare(as("me:hunter2", true))) {
            for (int i = 0; i < 3; i++) {
                success(FetchStyle.VIRTUAL.start(work, vertx, server.url("/in")).join());
            }
        }
        assertEquals(4, server.requests().size());
        assertEquals(
                List.of("00000001", "00000002", "00000003"),
                server.requests().stream()
                        .skip(1)
                        .map(request -> parameter(authorization(request), "nc"))
                        .toList());
    }
}
