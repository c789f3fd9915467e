package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.job.Input;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import dev.juggler.work.fetch.FetchFixture;
import dev.juggler.work.fetch.FetchWork;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
    private final Map<HttpConnection, Integer> open = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final FetchWork work = FetchWork.prepare(FetchFixture.get());
    private HttpServer server;
    private AsyncWork fetch;
    private volatile int connected;

    @BeforeEach
    void serve() throws Exception {
        server = vertx.createHttpServer().connectionHandler(this::count).requestHandler(ConnectionPoolTest::answer);
        // All of 127.0.0.0/8 leads here, so there are as many origins as a test needs.
        join(server.listen(0, "0.0.0.0"));
        fetch = join(onLoop(() -> Future.succeededFuture(work.async(vertx))));
    }

    private void count(HttpConnection connection) {
        connected++;
        open.put(connection, connected);
        connection.closeHandler(closed -> open.remove(connection));
    }

    private static void answer(HttpServerRequest request) {
        if (request.path().equals("/bye")) {
            request.response().putHeader("connection", "close");
        }
        request.response().end("hello");
    }

    @AfterEach
    void close() throws Exception {
        join(onLoop(() -> {
            fetch.close();
            return Future.succeededFuture();
        }));
        work.close();
        join(vertx.close());
    }

    @Test
    void theConnectionOfOneExchangeServesTheNext() throws Exception {
        for (int i = 0; i < 5; i++) {
            fetchAll(List.of(url(1, "/")));
        }
        assertEquals(1, connected);
    }

    @Test
    void exchangesAtATimeHaveAConnectionEachAndLeaveThemToTheNext() throws Exception {
        List<String> ten = IntStream.range(0, 10).mapToObj(i -> url(1, "/" + i)).toList();
        fetchAll(ten);
        fetchAll(ten);
        assertEquals(10, connected);
    }

    @Test
    void aConnectionThatTheServerWillCloseIsNotUsedAgain() throws Exception {
        fetchAll(List.of(url(1, "/bye")));
        fetchAll(List.of(url(1, "/")));
        assertEquals(2, connected);
    }

    @Test
    void aConnectionThatClosedWhileIdleIsNotUsedAgain() throws Exception {
        fetchAll(List.of(url(1, "/")));
        open.keySet().forEach(HttpConnection::close);
        Waiting.until(open::isEmpty);
        fetchAll(List.of(url(1, "/")));
        assertEquals(2, connected);
    }

    @Test
    void theLongestIdleOfVeryManyOriginsAreClosed() throws Exception {
        int origins = ConnectionPool.MAX_IDLE + 40;
        for (int i = 0; i < origins; i++) {
            fetchAll(List.of(url(i, "/")));
        }
        Waiting.until(() -> open.size() == ConnectionPool.MAX_IDLE);
        assertEquals(origins, connected);
        assertTrue(open.values().stream().allMatch(number -> number > 40), "the first ones are closed");
        fetchAll(List.of(url(origins - 1, "/")));
        assertEquals(origins, connected);
    }

    private String url(int origin, String path) {
        return "http://127.0." + origin / 250 + "." + (1 + origin % 250) + ":" + server.actualPort() + path;
    }

    private void fetchAll(List<String> urls) throws Exception {
        join(onLoop(() -> Future.all(urls.stream().map(this::fetchOne).toList())));
    }

    private Future<Result> fetchOne(String url) {
        return fetch.start(new Task(0, new Input.Text(url)), new Cancellation())
                .compose(result -> result instanceof Result.Succeeded
                        ? Future.succeededFuture(result)
                        : Future.failedFuture(result.toString()));
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(ignored -> action.get().onComplete(promise));
        return promise.future();
    }

    private static <T> T join(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** The server closes each reused connection when a request arrives, as on an idle timeout. */
    @Test
    void aRequestOnAConnectionThatTheServerClosedMeanwhileIsSentAgain() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        NetServer impatient = vertx.createNetServer().connectHandler(socket -> {
            AtomicInteger onThis = new AtomicInteger();
            socket.handler(request -> {
                requests.incrementAndGet();
                if (onThis.incrementAndGet() == 1) {
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                } else {
                    socket.close();
                }
            });
        });
        join(impatient.listen(0, "127.0.0.1"));
        String url = "http://127.0.0.1:" + impatient.actualPort() + "/";
        for (int i = 0; i < 4; i++) {
            fetchAll(List.of(url));
        }
        assertEquals(4 + 3, requests.get());
        // Several pooled connections, all stale.
        fetchAll(Collections.nCopies(5, url));
        fetchAll(List.of(url));
    }
}
