package dev.juggler;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** A web server in the test's JVM that serves only so many requests at a time: others wait, or are refused with 503. */
public final class NarrowServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final int places;
    private final long serviceMillis;
    private final boolean refuses;
    private final HttpServer server;

    // Confined to the server's event loop.
    private final Queue<HttpServerRequest> waiting = new ArrayDeque<>();
    private int busy;

    private final AtomicLong refused = new AtomicLong();

    private NarrowServer(int places, long serviceMillis, boolean refuses) throws Exception {
        this.places = places;
        this.serviceMillis = serviceMillis;
        this.refuses = refuses;
        this.server = vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(1024))
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    public static NarrowServer queueing(int places, long serviceMillis) throws Exception {
        return new NarrowServer(places, serviceMillis, false);
    }

    public static NarrowServer refusing(int places, long serviceMillis) throws Exception {
        return new NarrowServer(places, serviceMillis, true);
    }

    /** A URL that stands for very many. */
    public String page(Object number) {
        return "http://127.0.0.1:" + server.actualPort() + "/" + number;
    }

    public long refused() {
        return refused.get();
    }

    private void take(HttpServerRequest request) {
        if (busy < places) {
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
