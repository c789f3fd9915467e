package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchFaultsTest extends FetchFixture {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void countsABodyThatIsOnlyRead(FetchStyle style) {
        server.on("/a", RawServer.plain("200 OK", "hello"));
        assertEquals(
                new Value.Fetched(200, 5, server.url("/a"), null, null),
                success(fetch(style, get(), server.url("/a"))));
    }

    @ParameterizedTest
    @EnumSource
    void readsBodiesInChunksAndUntilTheConnectionCloses(FetchStyle style) {
        server.on("/chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        server.onClosing("/closing", "HTTP/1.1 200 OK\r\n\r\nhello");
        server.on("/none", "HTTP/1.1 204 No Content\r\n\r\n");
        assertEquals(5, success(fetch(style, get(), server.url("/chunked"))).bytes());
        assertEquals(5, success(fetch(style, get(), server.url("/closing"))).bytes());
        assertEquals(0, success(fetch(style, get(), server.url("/none"))).bytes());
    }

    @ParameterizedTest
    @EnumSource
    void failsOnAStatusOfFourHundredOrMore(FetchStyle style) throws Exception {
        server.on("/busy", RawServer.plain("503 \u001b[31mNo", "later"));
        Result missing = fetch(style, into(folder), server.url("/missing"));
        assertEquals("404 Not Found", failure("http-status", false, missing).message());
        assertEquals(new Value.Fetched(404, 4, server.url("/missing"), null, null), missing.value());
        Result busy = fetch(style, get(), server.url("/busy"));
        assertEquals(
                "503 Service Unavailable", failure("http-status", true, busy).message());
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void namesATruncatedBody(FetchStyle style) throws Exception {
        server.onClosing("/short", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        server.onClosing("/cut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        server.on("/bad", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\nhello\r\n");
        for (String path : List.of("/short", "/cut", "/bad")) {
            Result result = fetch(style, into(folder), server.url(path));
            failure(path.equals("/bad") ? "bad-chunk" : "truncated", true, result);
            assertEquals(200, ((Value.Fetched) result.value()).status());
        }
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void namesATruncatedBodyThatWasBeingWritten(FetchStyle style) throws Exception {
        String much = "x".repeat(300_000);
        server.onClosing("/long", "HTTP/1.1 200 OK\r\nContent-Length: 300001\r\n\r\n" + much);
        failure("truncated", true, fetch(style, into(folder), server.url("/long")));
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void namesAConnectionThatIsRefused(FetchStyle style) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        TaskError error = failure("connect", true, fetch(style, get(), "http://127.0.0.1:" + port + "/"));
        assertTrue(error.message().contains("127.0.0.1:" + port), error::message);
    }

    @ParameterizedTest
    @EnumSource
    void namesAHostThatIsNotFound(FetchStyle style) {
        Result result = fetch(style, get(), "http://no-such-host.invalid/");
        assertEquals("dns", result.error().type(), result::toString);
        assertTrue(result.error().message().contains("no-such-host.invalid"), result::toString);
    }

    @ParameterizedTest
    @EnumSource
    void namesAConnectionThatIsClosedBeforeTheAnswer(FetchStyle style) {
        server.onClosing("/shut", "");
        failure("reset", true, fetch(style, get(), server.url("/shut")));
    }

    @ParameterizedTest
    @EnumSource
    void namesAnAnswerThatIsNotHttp(FetchStyle style) {
        server.onClosing("/garbage", "SSH-2.0-OpenSSH_9.9 hello there\r\n\r\n");
        server.onClosing("/huge", "HTTP/1.1 200 OK\r\nX: " + "y".repeat(500_000) + "\r\n\r\n");
        failure("protocol", true, fetch(style, get(), server.url("/garbage")));
        failure("protocol", true, fetch(style, get(), server.url("/huge")));
    }

    @ParameterizedTest
    @EnumSource
    void namesACertificateThatIsNotTrusted(FetchStyle style) throws Exception {
        NetServerOptions options = new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(keyStore()).setPassword("secret"));
        try (RawServer secure = new RawServer(vertx, options)) {
            TaskError error = failure("tls", false, fetch(style, get(), "https://127.0.0.1:" + secure.port() + "/"));
            assertTrue(error.message().contains("certif"), error::message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAServerThatDoesNotSpeakTls(FetchStyle style) {
        NetServer plain = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(hello -> socket.end(Buffer.buffer("HTTP/1.1 400\r\n\r\n"))));
        plain.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        failure("tls", false, fetch(style, get(), "https://127.0.0.1:" + plain.actualPort() + "/"));
        plain.close();
    }

    private String keyStore() throws Exception {
        String file = folder.resolve("keys.p12").toString();
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options = "-genkeypair -keyalg EC -dname CN=127.0.0.1 -storepass secret -keystore";
        Process made = new ProcessBuilder(Stream.concat(Stream.of(tool), Stream.of((options + " " + file).split(" ")))
                        .toList())
                .redirectErrorStream(true)
                .start();
        assertEquals(0, made.waitFor());
        return file;
    }

    @ParameterizedTest
    @EnumSource
    void refusesABodyThatIsTooLong(FetchStyle style) throws Exception {
        server.on("/told", RawServer.plain("200 OK", "hello"));
        server.on("/untold", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        FetchSpec spec = into(folder).with(new FetchLimits(5, 4));
        failure("too-large", false, fetch(style, spec, server.url("/told")));
        failure("too-large", false, fetch(style, spec, server.url("/untold")));
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void refusesTextsThatAreNoUrls(FetchStyle style) {
        for (String url : List.of("ftp://host/", "http://", "http://ho st/", "h:99999/", "http://[::1/", "h\tb/")) {
            failure("bad-url", false, fetch(style, get(), url));
        }
        TaskError secret = failure("bad-url", false, fetch(style, get(), "ftp://me:secret@host/"));
        assertFalse(secret.message().contains("secret"), secret::message);
    }

    @ParameterizedTest
    @EnumSource
    void endsAStalledBodyAndCleansUpOnTimeout(FetchStyle style) throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        server.on("/stall", (socket, request) -> {
            socket.closeHandler(v -> gone.countDown());
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(200_000));
        });
        try (FetchWork work = FetchWork.prepare(into(folder))) {
            FetchStyle.Running running = style.start(work, vertx, server.url("/stall"));
            Waiting.until(() -> names(folder).size() == 1);
            running.end().run();
            running.join();
        }
        assertTrue(gone.await(20, TimeUnit.SECONDS), "the connection is closed");
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void endsAnExchangeWithoutAResponseOnTimeout(FetchStyle style) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        server.on("/silent", (socket, request) -> {
            socket.closeHandler(v -> gone.countDown());
            asked.countDown();
        });
        try (FetchWork work = FetchWork.prepare(get())) {
            FetchStyle.Running running = style.start(work, vertx, server.url("/silent"));
            assertTrue(asked.await(20, TimeUnit.SECONDS), "the request came");
            running.end().run();
            assertFalse(running.join() instanceof Result.Succeeded);
            assertTrue(gone.await(20, TimeUnit.SECONDS), "the connection is closed");
        }
    }
}
