package dev.juggler.work.fetch;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A proxy that connects every client to one server, whatever host is requested: HTTP with CONNECT and with whole URLs,
 * or SOCKS5 with or without a password. It records its requests.
 */
final class TestProxy implements AutoCloseable {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final NetServer server;
    private final NetClient client;
    private final int target;
    private String refusal;

    private TestProxy(Vertx vertx, int target, boolean socks) throws Exception {
        this.target = target;
        client = vertx.createNetClient();
        server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                    if (socks) {
                        greet(socket, bytes);
                    } else {
                        http(socket, bytes);
                    }
                }));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static TestProxy http(Vertx vertx, int target) throws Exception {
        return new TestProxy(vertx, target, false);
    }

    static TestProxy socks(Vertx vertx, int target) throws Exception {
        return new TestProxy(vertx, target, true);
    }

    /** Responds to every request with this status line from now on. */
    TestProxy refusing(String status) {
        refusal = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
        return this;
    }

    private void http(NetSocket socket, Buffer head) {
        String request = head.toString(StandardCharsets.ISO_8859_1);
        requests.add(request);
        if (refusal != null) {
            socket.write(refusal);
        } else if (request.startsWith("CONNECT ")) {
            join(socket, "HTTP/1.1 200 Joined\r\n\r\n", null);
        } else {
            join(socket, null, Buffer.buffer(request.replaceFirst(" http://[^/]+", " ")));
        }
    }

    private void greet(NetSocket socket, Buffer hello) {
        boolean password = hello.toString(StandardCharsets.ISO_8859_1).indexOf(2, 2) >= 0;
        socket.handler(bytes -> {
            if (password) {
                requests.add(bytes.toString(StandardCharsets.ISO_8859_1).substring(2));
                socket.handler(request -> connect(socket, request)).write(Buffer.buffer(new byte[] {1, 0}));
            } else {
                connect(socket, bytes);
            }
        });
        socket.write(Buffer.buffer(new byte[] {5, (byte) (password ? 2 : 0)}));
    }

    private void connect(NetSocket socket, Buffer request) {
        requests.add(request.toString(StandardCharsets.ISO_8859_1));
        join(socket, "\5\0\0\1\0\0\0\0\0\0", null);
    }

    private void join(NetSocket near, String answer, Buffer first) {
        near.pause();
        client.connect(target, "127.0.0.1").onSuccess(far -> {
            far.handler(near::write).closeHandler(v -> near.close());
            near.handler(far::write).closeHandler(v -> far.close());
            if (answer != null) {
                near.write(Buffer.buffer(answer.getBytes(StandardCharsets.ISO_8859_1)));
            }
            if (first != null) {
                far.write(first);
            }
            near.resume();
        });
    }

    List<String> requests() {
        return requests;
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
