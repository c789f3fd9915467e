package dev.juggler.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * Sends a body of a given length, no faster than the client reads; byte i is the last digit of i. Confined to the
 * response's event loop.
 */
final class PacedBody {
    static final long MAX_LENGTH = 100_000_000;

    private static final Buffer BLOCK = Buffer.buffer("0123456789".repeat(6_500).getBytes(StandardCharsets.US_ASCII));

    private final HttpServerResponse response;
    private long remaining;

    PacedBody(HttpServerResponse response, long length) {
        this.response = response;
        this.remaining = length;
    }

    /**
     * Starts to send; the rest follows as the connection drains. Header names are capitalized, as most servers write
     * them, because clients parse them on another code path, and the AOT cache is trained with this site.
     */
    void send() {
        response.putHeader("Content-Length", Long.toString(remaining))
                .putHeader("Content-Type", "application/octet-stream")
                .drainHandler(drained -> write());
        write();
    }

    private void write() {
        while (remaining > BLOCK.length() && !response.closed() && !response.writeQueueFull()) {
            response.write(BLOCK);
            remaining -= BLOCK.length();
        }
        if (remaining <= BLOCK.length() && !response.closed() && !response.ended()) {
            response.end(BLOCK.slice(0, (int) remaining));
        }
    }
}
