package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import dev.juggler.job.Result;
import dev.juggler.job.Value;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchHttp2Test extends FetchFixture {
    private static final int TOGETHER = 20;
    private static final String LONG = "0123456789".repeat(100_000);

    @TempDir
    static Path certificates;

    @TempDir
    Path folder;

    private final Queue<HttpServerRequest> asked = new ConcurrentLinkedQueue<>();
    private final List<HttpServerRequest> held = new ArrayList<>();
    private HttpServer site;

    @BeforeAll
    static void make() throws Exception {
        new TestCertificates(certificates).selfSigned("site");
    }

    @AfterEach
    void shutSite() {
        if (site != null) {
            site.close();
        }
    }

    private String serve(boolean tls, boolean http2) {
        return serve(tls, http2, this::answer);
    }

    private String serve(boolean tls, boolean http2, Handler<HttpServerRequest> handler) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(tls)
                .setUseAlpn(http2)
                .setKeyCertOptions(
                        tls
                                ? new PemKeyCertOptions()
                                        .setCertPath(
                                                certificates.resolve("site.pem").toString())
                                        .setKeyPath(
                                                certificates.resolve("site.key").toString())
                                : null);
        site = vertx.createHttpServer(options).requestHandler(handler);
        site.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        return (tls ? "https" : "http") + "://127.0.0.1:" + site.actualPort();
    }

    private void answer(HttpServerRequest request) {
        asked.add(request);
        switch (request.path()) {
            case "/long" -> request.response().end(LONG);
            case "/torn" -> {
                request.response().putHeader("content-length", "10").write("hello");
                vertx.setTimer(50, timer -> request.response().reset());
            }
            case "/wait" -> answerTogether(request);
            default -> request.response().end("hello");
        }
    }

    /** Responds when all requests have arrived, so that none finds a connection that another has freed. */
    private synchronized void answerTogether(HttpServerRequest request) {
        held.add(request);
        if (held.size() == TOGETHER) {
            held.forEach(each -> each.response().end("hello"));
            held.clear();
        }
    }

    private FetchSpec trustful() {
        Certificates any = new Certificates(Optional.empty(), Optional.empty(), Optional.empty(), true);
        return into(folder).with(Access.OPEN.with(any));
    }

    private HttpVersion version() {
        return asked.remove().version();
    }

    @ParameterizedTest
    @EnumSource
    void speaksHttp2WhereTheServerOffersIt(FetchStyle style) throws Exception {
        String url = serve(true, true);
        Value.Fetched value = success(fetch(style, trustful(), url + "/long"));
        assertEquals(LONG, Files.readString(Path.of(value.path())));
        assertEquals(HttpVersion.HTTP_2, version());
    }

    @ParameterizedTest
    @EnumSource
    void speaksHttp1WhereItDoesNotOrWithoutTls(FetchStyle style) throws Exception {
        String secure = serve(true, false);
        success(fetch(style, trustful(), secure + "/"));
        assertEquals(HttpVersion.HTTP_1_1, version());
        site.close();
        String plain = serve(false, true);
        success(fetch(style, trustful(), plain + "/"));
        assertNull(asked.peek().getHeader("upgrade"));
        assertEquals(HttpVersion.HTTP_1_1, version());
    }

    @ParameterizedTest
    @EnumSource
    void disablesServerPush(FetchStyle style) throws Exception {
        success(fetch(style, trustful(), serve(true, true) + "/"));
        Http2Settings told = assertInstanceOf(
                Http2Settings.class, asked.remove().connection().remoteSettings());
        assertFalse(told.isPushEnabled());
    }

    @Test
    void requestsThatBeginTogetherShareAConnectionWhereTheServerSpeaksHttp2() {
        assertEquals(1, connectionsOf(serve(true, true)));
        site.close();
        asked.clear();
        assertEquals(TOGETHER, connectionsOf(serve(true, false)));
    }

    /** Returns the number of connections for requests begun together. */
    private long connectionsOf(String url) {
        try (FetchWork work = FetchWork.prepare(trustful())) {
            Promise<AsyncWork> made = Promise.promise();
            List<Promise<Result>> ends = Stream.generate(() -> Promise.<Result>promise())
                    .limit(TOGETHER)
                    .toList();
            vertx.getOrCreateContext().runOnContext(ignored -> {
                AsyncWork async = work.async(vertx);
                made.complete(async);
                ends.forEach(end -> async.start(FetchStyle.task(url + "/wait"), new Cancellation())
                        .onComplete(end));
            });
            ends.forEach(end -> success(
                    end.future().toCompletionStage().toCompletableFuture().join()));
            made.future().result().close();
        }
        return asked.stream().map(HttpServerRequest::connection).distinct().count();
    }

    /** As nginx does after keepalive_requests: those in flight above the last id are never answered. */
    @Test
    @SuppressWarnings("deprecation") // the only way to name the last id
    void requestsAboveTheLastIdOfAGoAwayAreSentAgainOnAnotherConnection() {
        Map<HttpConnection, AtomicInteger> accepted = new ConcurrentHashMap<>();
        String url = serve(true, true, request -> {
            asked.add(request);
            int count = accepted.computeIfAbsent(request.connection(), any -> new AtomicInteger())
                    .incrementAndGet();
            if (count == 7) {
                request.connection().goAway(0, (int) request.streamId());
            }
            request.response().end("hello");
        });
        assertAllSucceed(url + "/get?", 100);
        assertEquals(100, asked.size());
    }

    @Test
    void refusedStreamsAreSentAgainWhateverTheirMethod() {
        AtomicInteger requests = new AtomicInteger();
        String url = serve(true, true, request -> {
            if (requests.incrementAndGet() % 3 == 0) {
                request.response().reset(Http2Error.REFUSED_STREAM.code());
            } else {
                asked.add(request);
                request.response().end("hello");
            }
        });
        assertAllSucceed(url + "/post?", 50);
        assertEquals(50, asked.size());
    }

    @Test
    void aServerThatRefusesEveryStreamFailsTheFetch() {
        String url = serve(true, true, request -> request.response().reset(Http2Error.REFUSED_STREAM.code()));
        failure("reset", true, fetch(FetchStyle.ASYNC, trustful(), url + "/"));
    }

    /** Fetches all at once; those whose path is {@code /post} send a body. */
    private void assertAllSucceed(String url, int count) {
        FetchSpec spec =
                url.contains("/post") ? spec("POST", "x", null).with(trustful().access()) : trustful();
        try (FetchWork work = FetchWork.prepare(spec)) {
            List<Promise<Result>> ends = Stream.generate(() -> Promise.<Result>promise())
                    .limit(count)
                    .toList();
            Promise<AsyncWork> made = Promise.promise();
            vertx.getOrCreateContext().runOnContext(ignored -> {
                AsyncWork async = work.async(vertx);
                made.complete(async);
                for (int i = 0; i < count; i++) {
                    async.start(FetchStyle.task(url + i), new Cancellation()).onComplete(ends.get(i));
                }
            });
            ends.forEach(end -> success(
                    end.future().toCompletionStage().toCompletableFuture().join()));
            made.future().result().close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResetStreamIsNoBody(FetchStyle style) throws Exception {
        String url = serve(true, true);
        String type = fetch(style, trustful(), url + "/torn").error().type();
        assertEquals(true, List.of("reset", "truncated").contains(type), type);
        assertEquals(List.of(), names(folder));
    }
}
