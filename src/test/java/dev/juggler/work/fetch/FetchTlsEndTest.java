package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that end with their TLS connection: complete only after a closure alert. */
class FetchTlsEndTest extends FetchFixture {
    private static final String OPEN_ENDED = "HTTP/1.0 200 OK\r\n\r\nhello";
    private static final String OF_FIVE = "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    @TempDir
    static Path folder;

    private static SSLContext context;

    @BeforeAll
    static void make() throws Exception {
        new TestCertificates(folder).selfSigned("alone", "-ext", "san=ip:127.0.0.1");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("alone.p12"))) {
            store.load(in, "secret".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "secret".toCharArray());
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
    }

    private static FetchSpec trustingAnybody(Path target) {
        Certificates insecure = new Certificates(Optional.empty(), Optional.empty(), Optional.empty(), true);
        return into(target).with(Access.OPEN.with(insecure));
    }

    /** Action of a server after its response. */
    private interface End {
        void of(SSLSocket secure, Socket plain) throws Exception;
    }

    /** A server for one request. */
    private static String serve(String answer, End end) throws Exception {
        ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            try (listening;
                    Socket plain = listening.accept()) {
                SSLSocket secure =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, "client", plain.getPort(), false);
                secure.setUseClientMode(false);
                readHead(secure.getInputStream());
                secure.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                end.of(secure, plain);
            } catch (Exception e) {
                throw new AssertionError("the server failed", e);
            }
        });
        return "https://127.0.0.1:" + listening.getLocalPort() + "/a";
    }

    private static void readHead(InputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesAfterTheServersClosureAlert(FetchStyle style, @TempDir Path target) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        String url = serve(OPEN_ENDED, (secure, plain) -> {
            secure.shutdownOutput();
            while (secure.getInputStream().read() >= 0) {}
            closed.countDown();
        });
        assertEquals(5, success(fetch(style, trustingAnybody(target), url)).bytes());
        assertTrue(closed.await(20, TimeUnit.SECONDS), "the client closed too");
        assertEquals(List.of("a"), names(target));
    }

    @ParameterizedTest
    @EnumSource
    void aTruncatedOpenEndedBodyIsAnError(FetchStyle style, @TempDir Path target) throws Exception {
        String url = serve(OPEN_ENDED, (secure, plain) -> plain.close());
        String why = failure("truncated", true, fetch(style, trustingAnybody(target), url))
                .message();
        assertTrue(why.contains("after 5 bytes") && why.contains("closure alert"), why);
        assertEquals(List.of(), names(target));
    }

    @ParameterizedTest
    @EnumSource
    void acceptsABodyOfKnownLengthWithoutAClosureAlert(FetchStyle style, @TempDir Path target) throws Exception {
        String url = serve(OF_FIVE, (secure, plain) -> plain.close());
        assertEquals(5, success(fetch(style, trustingAnybody(target), url)).bytes());
    }
}
