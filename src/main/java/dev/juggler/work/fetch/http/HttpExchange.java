package dev.juggler.work.fetch.http;

import dev.juggler.work.fetch.http.ConnectionPool.ConnectionLease;
import dev.juggler.work.fetch.http.ConnectionPool.LeaseHandler;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.http.impl.HttpResponseHead;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response over the Vert.x client. Independent of files, redirects and retries, with one exception:
 * a request that the server has certainly not processed, or one that was lost on a reused connection, is sent again.
 * Confined to the event loop of its connections.
 */
public final class HttpExchange {

    /** Takes the events of an exchange; {@link #bodyEnded} or {@link #failed} is the last. */
    public interface ExchangeListener {
        /** Takes the head of the response; returns the receiver of its body. */
        BodyReceiver headReceived(ResponseHead head);

        /** The receiver got this many more bytes. */
        void bytesReceived(int bytes);

        /** The receiver has a chunk ready. */
        void chunkReady();

        /** The body has ended, or is too long to be read further. */
        void bodyEnded();

        /** The exchange failed, before or after the head. */
        void failed(Throwable cause);
    }

    /**
     * Limit for a server that refuses every request. Each of many connections may accept only a few of those in flight.
     */
    private static final int MAX_RESENT = 100;

    private static final Handler<Buffer> BYPASSED_TAP = bytes -> {
        throw new IllegalStateException(bytes.length() + " bytes of a body bypassed its tap");
    };

    private final ExchangeListener listener;
    private @Nullable ConnectionLease lease;
    private @Nullable HttpResponseHead response;
    private @Nullable BodyReceiver receiver;

    /** Takes the body from the connection; null with HTTP/2. */
    private @Nullable BodyTap tap;

    private boolean over;

    public HttpExchange(ExchangeListener listener) {
        this.listener = listener;
    }

    /** Sends the request over a connection of the pool; all further events go to the listener. */
    public void begin(ConnectionPool connections, OutgoingRequest outgoing) {
        connections.lease(outgoing.target().origin(), new Sending(connections, outgoing));
    }

    /** The request until its response begins: it may have to be sent several times. */
    private final class Sending implements LeaseHandler {
        private final ConnectionPool connections;
        private final OutgoingRequest outgoing;
        private int resent;
        private boolean wasStale;

        Sending(ConnectionPool connections, OutgoingRequest outgoing) {
            this.connections = connections;
            this.outgoing = outgoing;
        }

        @Override
        public void leased(ConnectionLease leased) {
            if (over) {
                leased.discard();
                return;
            }
            lease = leased;
            listen(leased.stream());
            leased.send(outgoing);
        }

        @Override
        public void failed(Throwable cause) {
            fail(cause);
        }

        private void listen(HttpClientStream stream) {
            ContextInternal context = stream.context();
            stream.headHandler(HttpExchange.this::receive);
            stream.trailersHandler(trailers -> context.dispatch(HttpExchange.this::end));
            stream.exceptionHandler(cause -> context.dispatch(() -> streamFailed(stream, cause)));
            stream.resetHandler(code -> streamFailed(stream, new StreamResetException(code)));
        }

        private void streamFailed(HttpClientStream stream, Throwable cause) {
            if (over || lease == null || lease.stream() != stream) {
                return;
            }
            if (receiver == null && resent < MAX_RESENT && UnprocessedRequests.isUnprocessed(stream.id(), cause)) {
                resent++;
                resend(lease);
            } else if (receiver == null && !wasStale && isStale(lease, cause)) {
                wasStale = true;
                resend(lease);
            } else {
                fail(cause);
            }
        }

        /** Returns whether the server closed a reused connection before it saw the request: RFC 9112, 9.3.1. */
        private boolean isStale(ConnectionLease failed, Throwable cause) {
            return failed.isReused() && outgoing.isIdempotent() && ExchangeErrors.isClosed(cause);
        }

        private void resend(ConnectionLease failed) {
            lease = null;
            failed.discard();
            if (failed.isRetired()) {
                connections.lease(outgoing.target().origin(), this);
            } else {
                connections.leaseNew(outgoing.target().origin(), this);
            }
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
        BodyReceiver body = listener.headReceived(new ResponseHead(head.statusCode(), new Fields(head.headers())));
        receiver = body;
        if (body.isTooLong()) {
            abort();
            listener.bodyEnded();
            return;
        }
        tap = lease().tap();
        if (tap == null) {
            lease().stream().dataHandler(bytes -> take(body, bytes));
        } else {
            takeFrom(tap, body);
        }
    }

    private void end() {
        if (!over) {
            over = true;
            releaseLease();
            listener.bodyEnded();
        }
    }

    private void takeFrom(BodyTap source, BodyReceiver body) {
        lease().stream().dataHandler(BYPASSED_TAP);
        boolean mayBeLong = body.mayBeLong();
        if (mayBeLong) {
            body.gatherUpTo(source::share);
        }
        source.open(mayBeLong, bytes -> take(body, bytes));
    }

    private ConnectionLease lease() {
        return Objects.requireNonNull(lease, "the exchange has no connection");
    }

    private record Fields(MultiMap all) implements ResponseHead.HeaderFields {
        @Override
        public @Nullable String get(String name) {
            return all.get(name);
        }

        @Override
        public List<String> all(String name) {
            return all.getAll(name);
        }
    }

    private void take(BodyReceiver body, Buffer bytes) {
        if (over) {
            return;
        }
        try {
            body.take(bytes);
            received(body, bytes.length());
        } catch (RuntimeException | Error defect) {
            fail(defect);
        }
    }

    private void take(BodyReceiver body, ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        int length = bytes.readableBytes();
        try {
            body.take(bytes);
            received(body, length);
        } catch (RuntimeException | Error defect) {
            fail(defect);
        }
    }

    private void received(BodyReceiver body, int length) {
        listener.bytesReceived(length);
        if (body.isTooLong()) {
            abort();
            listener.bodyEnded();
        } else if (body.isFull()) {
            listener.chunkReady();
        }
    }

    /** Returns the connection, unless the client closes it: with HTTP/1.0, or when either side requested it. */
    private void releaseLease() {
        if (response == null || !closes(String.join(",", response.headers().getAll("connection")))) {
            lease().release();
        }
    }

    private static boolean closes(String connection) {
        return connection.toLowerCase(Locale.ROOT).contains("close");
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            drop();
            listener.failed(cause);
        }
    }

    /** Ends the exchange in any state, and with HTTP/1 its connection; the listener gets no more events. */
    public void abort() {
        over = true;
        drop();
    }

    private void drop() {
        if (lease != null) {
            lease.discard();
        }
    }

    /** Reads no more of the body until {@link #resume()}; bytes already read still arrive. */
    public void pause() {
        if (tap == null) {
            lease().stream().pause();
        } else {
            tap.pause();
        }
    }

    /** Resumes reading after {@link #pause()}. */
    public void resume() {
        if (tap == null) {
            lease().stream().fetch(Long.MAX_VALUE);
        } else {
            tap.resume();
        }
    }
}
