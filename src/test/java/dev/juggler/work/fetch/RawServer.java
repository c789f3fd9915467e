package dev.juggler.work.fetch;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A server that responds to each path with given bytes, well-formed or not. */
final class RawServer implements AutoCloseable {
    private final Map<String, BiConsumer<NetSocket, String>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final NetServer server;

    RawServer(Vertx vertx) throws Exception {
        this(vertx, new NetServerOptions());
    }

    RawServer(Vertx vertx, NetServerOptions options) throws Exception {
        this(vertx, options, "127.0.0.1");
    }

    RawServer(Vertx vertx, NetServerOptions options, String address) throws Exception {
        server = vertx.createNetServer(options).connectHandler(this::serve);
        server.listen(0, address).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void serve(NetSocket socket) {
        StringBuilder received = new StringBuilder();
        socket.exceptionHandler(e -> socket.close());
        socket.handler(bytes -> {
            received.append(bytes.toString(StandardCharsets.ISO_8859_1));
            int end = received.indexOf("\r\n\r\n");
            if (end >= 0 && received.length() >= end + 4 + bodyLength(received.substring(0, end))) {
                String request = received.toString();
                received.setLength(0);
                requests.add(request);
                answers.getOrDefault(request.split(" ")[1], (s, r) -> s.write(plain("404 Nix", "gone")))
                        .accept(socket, request);
            }
        });
    }

    private static int bodyLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    RawServer on(String path, BiConsumer<NetSocket, String> answer) {
        answers.put(path, answer);
        return this;
    }

    /** Responds with this text, one byte per char, and leaves the connection open. */
    RawServer on(String path, String raw) {
        return on(path, (socket, request) -> socket.write(Buffer.buffer(raw.getBytes(StandardCharsets.ISO_8859_1))));
    }

    /** Responds with this text and closes the connection. */
    RawServer onClosing(String path, String raw) {
        return on(path, (socket, request) -> socket.end(Buffer.buffer(raw.getBytes(StandardCharsets.ISO_8859_1))));
    }

    RawServer redirect(String path, int status, String location) {
        return on(path, "HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\nContent-Length: 4\r\n\r\nmove");
    }

    static String plain(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    List<String> requests() {
        return requests;
    }

    String last() {
        return requests.getLast();
    }

    int port() {
        return server.actualPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        server.close();
    }
}
