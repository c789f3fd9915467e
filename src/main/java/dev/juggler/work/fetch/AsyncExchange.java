package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.Header;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/** One request and its answer over the Vert.x client, on its event loop. */
final class AsyncExchange {

    /** Is told how the exchange goes; after {@link #ended} or {@link #brokenOff} nothing more comes. */
    interface Listener {
        /** The head is there; gives the end that takes the body. */
        Intake head(Head head);

        /** Bytes of the body came, and are in the intake. */
        void came(int bytes);

        /** The intake has a batch to hand over. */
        void batchReady();

        /** The body is there, or is too long to go on with. */
        void ended();

        void brokenOff(Throwable cause);
    }

    private final Listener listener;
    private AsyncConnections.Lease lease;
    private HttpClientResponse response;
    private Intake intake;

    /** Where the body is taken from the connection; null with HTTP/2. */
    private BodyTap tap;

    private boolean over;

    AsyncExchange(Listener listener) {
        this.listener = listener;
    }

    void begin(AsyncConnections connections, Outgoing outgoing) {
        connections.request(outgoing.target().origin(), options(outgoing), (connected, cause) -> {
            boolean mayBeStale = cause == null && connected.isReused() && outgoing.isIdempotent();
            connected(connected, cause, outgoing, mayBeStale ? () -> resend(connections, outgoing) : null);
        });
    }

    private static RequestOptions options(Outgoing outgoing) {
        return new RequestOptions()
                .setMethod(HttpMethod.valueOf(outgoing.method()))
                .setURI(outgoing.uri());
    }

    private void connected(AsyncConnections.Lease connected, Throwable cause, Outgoing outgoing, Runnable ifStale) {
        if (cause != null) {
            fail(cause);
        } else if (over) {
            connected.discard();
        } else {
            lease = connected;
            send(connected.request(), outgoing, ifStale);
        }
    }

    /** Once more: the server closed a connection that was kept for it before it saw the request. RFC 9112, 9.3.1. */
    private void resend(AsyncConnections connections, Outgoing outgoing) {
        lease.discard();
        lease = null;
        connections.requestAnew(
                outgoing.target().origin(),
                options(outgoing),
                (connected, cause) -> connected(connected, cause, outgoing, null));
    }

    private void send(HttpClientRequest request, Outgoing outgoing, Runnable ifStale) {
        setHeaders(request, outgoing);
        // Without a handler Vert.x logs each fault of a request; the answer fails of it anyway.
        request.exceptionHandler(told -> {});
        Future<HttpClientResponse> answer =
                outgoing.body() == null ? request.send() : request.send(Buffer.buffer(outgoing.body()));
        answer.onComplete((head, cause) -> {
            if (cause != null && ifStale != null && !over && Faults.isClosed(cause)) {
                ifStale.run();
            } else if (cause != null) {
                fail(cause);
            } else if (!over) {
                receive(head);
            }
        });
    }

    private static void setHeaders(HttpClientRequest request, Outgoing outgoing) {
        MultiMap headers = request.headers();
        outgoing.relay().ifPresent(proxy -> {
            request.authority(
                    HostAndPort.parseAuthority(outgoing.target().origin().authority(), -1));
            proxy.login().ifPresent(login -> headers.add("proxy-authorization", login.basic()));
        });
        for (Header header : outgoing.headers()) {
            if (header.name().equalsIgnoreCase("host")) {
                request.authority(HostAndPort.parseAuthority(header.value(), -1));
            } else {
                headers.add(header.name(), header.value());
            }
        }
    }

    private void receive(HttpClientResponse head) {
        response = head;
        head.exceptionHandler(this::fail);
        intake = listener.head(new Head(head.statusCode(), new Fields(head)));
        if (intake.isTooLong()) {
            abort();
            listener.ended();
            return;
        }
        tap = lease.tap();
        if (tap != null) {
            takeFromTap();
        }
        head.handler(this::piece);
        head.endHandler(end -> {
            if (!over) {
                over = true;
                giveBack();
                listener.ended();
            }
        });
    }

    private void takeFromTap() {
        boolean mayBeLong = intake.mayBeLong();
        if (mayBeLong) {
            intake.gatherUpTo(tap::share);
        }
        tap.open(mayBeLong, this::piece);
    }

    private record Fields(HttpClientResponse response) implements Head.Fields {
        @Override
        public String apply(String name) {
            return response.getHeader(name);
        }

        @Override
        public List<String> all(String name) {
            return response.headers().getAll(name);
        }
    }

    private void piece(Buffer bytes) {
        if (over) {
            return;
        }
        int length = bytes.length();
        if (tap != null) {
            throw new IllegalStateException(length + " bytes of a body went past its tap");
        }
        if (intake.keeps()) {
            bytes.getBytes(intake.room(length), intake.offset());
        }
        if (intake.sums()) {
            intake.sum(ByteBuffer.wrap(bytes.getBytes()));
        }
        intake.received(length);
        came(length);
    }

    private void piece(ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        int length = bytes.readableBytes();
        intake.take(bytes);
        came(length);
    }

    private void came(int length) {
        listener.came(length);
        if (intake.isTooLong()) {
            abort();
            listener.ended();
        } else if (intake.isFull()) {
            listener.batchReady();
        }
    }

    /** With HTTP/1.0, or when either side said so, the client closes the connection itself. */
    private void giveBack() {
        if (response.version() != HttpVersion.HTTP_1_0 && !closes(response.getHeader("connection"))) {
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
            listener.brokenOff(cause);
        }
    }

    /** Ends the exchange, whatever its state, and its connection; the listener hears no more of it. */
    void abort() {
        over = true;
        drop();
    }

    private void drop() {
        if (lease != null) {
            lease.discard();
        }
    }

    /** Stops the body until {@link #resume()}. */
    void pause() {
        if (tap == null) {
            response.pause();
        } else {
            tap.pause();
        }
    }

    void resume() {
        if (tap == null) {
            response.resume();
        } else {
            tap.resume();
        }
    }
}
