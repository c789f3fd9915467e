package dev.juggler.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/** A body of a given length that is written no faster than the client reads; byte i is the last digit of i. */
final class PacedBody {
    static final long MOST = 100_000_000;

    private static final Buffer BLOCK = Buffer.buffer("0123456789".repeat(6_500).getBytes(StandardCharsets.US_ASCII));

    private final HttpServerResponse response;
    private long remaining;

    PacedBody(HttpServerResponse response, long count) {
        this.response = response;
        this.remaining = count;
    }

    /**
     * Begins to send; the rest follows on the response's event loop as the connection drains. Names have capitals, as most
     * servers write them: clients compare them in another way then, and the AOT cache is trained here.
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
