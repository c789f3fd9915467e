package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.http.impl.HttpResponseHead;
import io.vertx.core.internal.ContextInternal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/**
 * One request and its response over the Vert.x client. It knows nothing of files, redirects or retries, but for one: a
 * request that a kept connection lost is sent again. Confined to the event loop of its connections.
 */
public final class HttpExchange {

    /** Takes the events of an exchange; {@link #bodyEnded} or {@link #failed} is the last. */
    public interface ExchangeListener {
        /** Takes the head of the response and gives the receiver of its body. */
        BodyReceiver headReceived(ResponseHead head);

        /** The receiver got so many bytes more. */
        void bytesReceived(int bytes);

        /** The receiver has a chunk to hand over. */
        void chunkReady();

        /** The body has ended, or is too long to be read on. */
        void bodyEnded();

        /** The exchange failed, before the head or behind it. */
        void failed(Throwable cause);
    }

    private static final Handler<Buffer> BYPASSED_TAP = bytes -> {
        throw new IllegalStateException(bytes.length() + " bytes of a body bypassed its tap");
    };

    private final ExchangeListener listener;
    private ConnectionPool.ConnectionLease lease;
    private HttpResponseHead response;
    private BodyReceiver intake;

    /** Takes the body from the connection; null with HTTP/2. */
    private BodyTap tap;

    private boolean over;

    public HttpExchange(ExchangeListener listener) {
        this.listener = listener;
    }

    /** Sends the request over a connection of the pool; the listener is told of all that follows. */
    public void begin(ConnectionPool connections, OutgoingRequest outgoing) {
        connections.lease(outgoing.target().origin(), (connected, cause) -> {
            boolean mayBeStale = cause == null && connected.isReused() && outgoing.isIdempotent();
            connected(connected, cause, outgoing, mayBeStale ? () -> resend(connections, outgoing) : null);
        });
    }

    private void connected(
            ConnectionPool.ConnectionLease connected, Throwable cause, OutgoingRequest outgoing, Runnable ifStale) {
        if (cause != null) {
            fail(cause);
        } else if (over) {
            connected.discard();
        } else {
            lease = connected;
            listen(connected.stream(), ifStale);
            connected.send(outgoing);
        }
    }

    /** Sends the request again: the server closed a kept connection before it saw the request (RFC 9112, 9.3.1). */
    private void resend(ConnectionPool connections, OutgoingRequest outgoing) {
        lease.discard();
        lease = null;
        connections.leaseAnew(
                outgoing.target().origin(), (connected, cause) -> connected(connected, cause, outgoing, null));
    }

    private void listen(HttpClientStream stream, Runnable ifStale) {
        ContextInternal context = stream.context();
        stream.headHandler(this::receive);
        stream.trailersHandler(trailers -> context.dispatch(this::end));
        stream.exceptionHandler(cause -> context.dispatch(() -> brokenOff(cause, ifStale)));
        stream.resetHandler(code -> fail(new StreamResetException(code)));
    }

    private void brokenOff(Throwable cause, Runnable ifStale) {
        if (intake == null && ifStale != null && !over && ExchangeErrors.isClosed(cause)) {
            ifStale.run();
        } else {
            fail(cause);
        }
    }

    private void receive(HttpResponseHead head) {
        if (over) {
            return;
        }
        try {
            accept(head);
        } catch (RuntimeException | Error defect) {
            // The client would only log it, and the exchange would never end.
            fail(defect);
        }
    }

    private void accept(HttpResponseHead head) {
        response = head;
        intake = listener.headReceived(new ResponseHead(head.statusCode(), new Fields(head.headers())));
        if (intake.isTooLong()) {
            abort();
            listener.bodyEnded();
            return;
        }
        tap = lease.tap();
        if (tap == null) {
            lease.stream().dataHandler(this::piece);
        } else {
            takeFromTap();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            releaseLease();
            listener.bodyEnded();
        }
    }

    private void takeFromTap() {
        lease.stream().dataHandler(BYPASSED_TAP);
        boolean mayBeLong = intake.mayBeLong();
        if (mayBeLong) {
            intake.gatherUpTo(tap::share);
        }
        tap.open(mayBeLong, this::piece);
    }

    private record Fields(MultiMap all) implements ResponseHead.HeaderFields {
        @Override
        public String apply(String name) {
            return all.get(name);
        }

        @Override
        public List<String> all(String name) {
            return all.getAll(name);
        }
    }

    private void piece(Buffer bytes) {
        if (over) {
            return;
        }
        try {
            take(bytes);
            came(bytes.length());
        } catch (RuntimeException | Error defect) {
            fail(defect);
        }
    }

    private void take(Buffer bytes) {
        int length = bytes.length();
        if (intake.isBuffering()) {
            bytes.getBytes(intake.room(length), intake.offset());
        }
        if (intake.sums()) {
            intake.sum(ByteBuffer.wrap(bytes.getBytes()));
        }
        intake.received(length);
    }

    private void piece(ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        int length = bytes.readableBytes();
        try {
            intake.take(bytes);
            came(length);
        } catch (RuntimeException | Error defect) {
            fail(defect);
        }
    }

    private void came(int length) {
        listener.bytesReceived(length);
        if (intake.isTooLong()) {
            abort();
            listener.bodyEnded();
        } else if (intake.isFull()) {
            listener.chunkReady();
        }
    }

    /** Gives the connection back, unless the client closes it: with HTTP/1.0, or when either side said so. */
    private void releaseLease() {
        if (!closes(response.headers().get("connection"))) {
            lease.release();
        }
    }

    private static boolean closes(String connection) {
        return connection != null && connection.toLowerCase(Locale.ROOT).contains("close");
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            drop();
            listener.failed(cause);
        }
    }

    /** Ends the exchange in any state, and with HTTP/1 its connection; the listener hears no more of it. */
    public void abort() {
        over = true;
        drop();
    }

    private void drop() {
        if (lease != null) {
            lease.discard();
        }
    }

    /** Reads no more of the body until {@link #resume()}; bytes that were read already still come. */
    public void pause() {
        if (tap == null) {
            lease.stream().pause();
        } else {
            tap.pause();
        }
    }

    /** Reads on after {@link #pause()}. */
    public void resume() {
        if (tap == null) {
            lease.stream().fetch(Long.MAX_VALUE);
        } else {
            tap.resume();
        }
    }
}
