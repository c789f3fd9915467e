package dev.juggler.cli;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server in the test's JVM that records its requests. */
public final class TestSite implements AutoCloseable {
    private static final int SIZE = 20_000;
    private static final long PAUSE_MILLIS = 15;
    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
    private final HttpServer server;

    private TestSite() {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public static TestSite start() {
        return new TestSite();
    }

    /**
     * Responds by path. {@code /file/N}: the bytes of that file, in two parts with a pause in between.
     * {@code /flaky/N}: 503 for the first request, then 200. {@code /never}: no response. Others: 404.
     */
    private void answer(HttpServerRequest request) {
        String path = request.path();
        asked.add(request.method() + " " + path);
        if (path.startsWith("/file/")) {
            Buffer body = Buffer.buffer(file(Integer.parseInt(path.substring(6))));
            request.response().putHeader("content-length", Integer.toString(SIZE));
            request.response().write(body.getBuffer(0, SIZE / 2));
            vertx.setTimer(PAUSE_MILLIS, timer -> request.response().end(body.getBuffer(SIZE / 2, SIZE)));
        } else if (path.startsWith("/flaky/")) {
            int time = times.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
            request.response().setStatusCode(time == 1 ? 503 : 200).end("answer " + time);
        } else if (!path.equals("/never")) {
            request.response().setStatusCode(404).end();
        }
    }

    static byte[] file(int number) {
        byte[] bytes = new byte[SIZE];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    public String origin() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Methods and paths of the requests, in order. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
