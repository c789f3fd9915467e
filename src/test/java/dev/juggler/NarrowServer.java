package dev.juggler;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** A web server in the test's JVM with a limited capacity: further requests wait, or are rejected with 503. */
public final class NarrowServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final int capacity;
    private final long serviceMillis;
    private final boolean refuses;
    private final HttpServer server;

    // Confined to the server's event loop.
    private final Queue<HttpServerRequest> waiting = new ArrayDeque<>();
    private int busy;

    private final AtomicLong refused = new AtomicLong();

    private NarrowServer(int capacity, long serviceMillis, boolean refuses) throws Exception {
        this.capacity = capacity;
        this.serviceMillis = serviceMillis;
        this.refuses = refuses;
        this.server = vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(1024))
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    public static NarrowServer queueing(int capacity, long serviceMillis) throws Exception {
        return new NarrowServer(capacity, serviceMillis, false);
    }

    public static NarrowServer refusing(int capacity, long serviceMillis) throws Exception {
        return new NarrowServer(capacity, serviceMillis, true);
    }

    /** A URL of the server; the argument may be a range such as {@code {1..9}}. */
    public String page(Object number) {
        return "http://127.0.0.1:" + server.actualPort() + "/" + number;
    }

    public long refused() {
        return refused.get();
    }

    private void take(HttpServerRequest request) {
        if (busy < capacity) {
            serve(request);
        } else if (refuses) {
            refused.incrementAndGet();
            request.response().setStatusCode(503).end();
        } else {
            waiting.add(request);
        }
    }

    private void serve(HttpServerRequest request) {
        busy++;
        vertx.setTimer(serviceMillis, timer -> {
            request.response().end("here you are");
            busy--;
            if (!waiting.isEmpty()) {
                serve(waiting.remove());
            }
        });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
