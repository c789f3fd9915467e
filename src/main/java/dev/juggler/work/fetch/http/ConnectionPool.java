package dev.juggler.work.fetch.http;

import dev.juggler.access.ProxySelection;
import dev.juggler.access.ProxyServer;
import dev.juggler.work.fetch.url.Origin;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The connections of one event loop, each kept for the next exchange with its origin. Confined to the loop.
 *
 * <p>How many exchanges there are at a time the coordinator decides, so one that finds no free connection opens
 * another. Only while the first of a secure origin is made do others wait for it: HTTP/2 has room for them all. A
 * single loop needs no more; the pool of Vert.x, which serves many threads, takes as long as the rest of an exchange.
 */
public final class ConnectionPool {
    /** So many may be idle, over all origins; beyond that the one that has been idle longest is closed. */
    static final int MOST_IDLE = 256;

    /** So many origins are remembered. */
    private static final int MOST_KNOWN = 10_000;

    private final ContextInternal context;
    private final HttpClientAgent client;
    private final ProxySelection proxies;
    private final FetchSettings settings;
    private final Map<Origin, Deque<PooledConnection>> free = new HashMap<>();
    private final Set<PooledConnection> idle = new LinkedHashSet<>();
    private final Set<PooledConnection> open = new HashSet<>();

    /** Origins whose first connection is being made, and the requests that wait for what it can. */
    private final Map<Origin, Deque<BiConsumer<ConnectionLease, Throwable>>> awaited = new HashMap<>();

    /** Secure origins that do not speak HTTP/2. */
    private final LinkedHashSet<Origin> http1 = new LinkedHashSet<>();

    private final ReadSizes sizes;
    private final RequestHeads heads;

    /**
     * None as yet.
     *
     * @param loop of the event loop
     */
    public ConnectionPool(
            Context loop, HttpClientAgent client, ProxySelection proxies, FetchSettings settings, ReadSizes sizes) {
        this.context = (ContextInternal) loop;
        this.heads = new RequestHeads(context.owner().isMetricsEnabled());
        this.sizes = sizes;
        this.client = client;
        this.proxies = proxies;
        this.settings = settings;
    }

    /** One connection and how many exchanges are on it: at most one, unless it speaks HTTP/2. */
    private static final class PooledConnection {
        private final Origin origin;
        private final HttpClientConnection http;
        private final boolean http2;

        /** Null with HTTP/2. */
        private final StrictHttpCodec wire;

        /** Null with HTTP/2. */
        private final BodyTap tap;

        private int exchanges = 1;
        private boolean free;

        PooledConnection(Origin origin, HttpClientConnection http, int maxHeaderBytes, ReadSizes sizes) {
            this.origin = origin;
            this.http = http;
            this.http2 = http.protocolVersion() == HttpVersion.HTTP_2;
            this.wire = http2 ? null : StrictHttpCodec.install(channel().channel(), maxHeaderBytes);
            this.tap = http2 ? null : BodyTap.before(channel(), sizes);
        }

        /**
         * Returns whether the next exchange may be on it, now that one has been answered: all was sent, and no more
         * came.
         */
        boolean isReusable() {
            return isShared() || streams().activeStreams() == 0 && (wire == null || !wire.hasSurplus());
        }

        boolean isFull() {
            return exchanges >= most();
        }

        boolean isShared() {
            return most() > 1;
        }

        /** How many exchanges there may be at a time. */
        private long most() {
            return http2 ? http.maxActiveStreams() : 1;
        }

        /** Of the client's handler. Vert.x shows bytes as they were received to nobody else. */
        ChannelHandlerContext channel() {
            return streams().channelHandlerContext();
        }

        /** An exchange, without the request and the response that Vert.x puts before its streams. */
        Future<HttpClientStream> begin(ContextInternal context) {
            return streams().createStream(context);
        }

        /** What the connection is behind its public face. */
        io.vertx.core.http.impl.HttpClientConnection streams() {
            return ((UnpooledHttpClientConnection) http).unwrap();
        }
    }

    /** The right to one exchange; given up by one call of {@link #release} or {@link #discard}. */
    final class ConnectionLease {
        private final PooledConnection connection;
        private final HttpClientStream stream;

        private final boolean reused;

        private ConnectionLease(PooledConnection connection, HttpClientStream stream, boolean reused) {
            this.connection = connection;
            this.stream = stream;
            this.reused = reused;
        }

        /** Returns whether the connection had served before, so that the server may have closed it meanwhile. */
        boolean isReused() {
            return reused;
        }

        /** Tells how the exchange goes. Its handlers are set before the request is sent. */
        HttpClientStream stream() {
            return stream;
        }

        /** Sends the request; what goes wrong the stream tells. */
        void send(OutgoingRequest outgoing) {
            Buffer body = outgoing.body() == null ? null : Buffer.buffer(outgoing.body());
            stream.writeHead(
                    heads.of(outgoing, connection.streams().authority()),
                    false,
                    body,
                    true,
                    HttpUtils.DEFAULT_STREAM_PRIORITY,
                    false);
        }

        /** What takes the bodies from the connection; null where several come over it at a time. */
        BodyTap tap() {
            return connection.tap;
        }

        /** The answer has ended. */
        void release() {
            if (connection.isReusable()) {
                ConnectionPool.this.release(connection);
            } else {
                close(connection);
            }
        }

        /** Breaks the exchange off, and with HTTP/1 its connection. */
        void discard() {
            // It is told of its own end otherwise.
            stream.exceptionHandler(null);
            stream.resetHandler(null);
            stream.writeReset(Http2Error.CANCEL.code());
            if (connection.isShared()) {
                ConnectionPool.this.release(connection);
            } else {
                close(connection);
            }
        }
    }

    /** Begins an exchange with this origin; {@code then} gets the lease, or why there is none. */
    void lease(Origin origin, BiConsumer<ConnectionLease, Throwable> then) {
        PooledConnection connection = take(origin);
        if (connection == null) {
            connect(origin, then);
        } else {
            connection.begin(context).onComplete((stream, closed) -> {
                if (closed == null) {
                    then.accept(new ConnectionLease(connection, stream, true), null);
                } else {
                    forget(connection);
                    lease(origin, then);
                }
            });
        }
    }

    /** The same on a connection that none of the kept ones is: where one has turned out to be closed, others may be. */
    void leaseAnew(Origin origin, BiConsumer<ConnectionLease, Throwable> then) {
        connect(origin, then);
    }

    private PooledConnection take(Origin origin) {
        Deque<PooledConnection> candidates = free.get(origin);
        if (candidates == null) {
            return null;
        }
        PooledConnection connection = candidates.getLast();
        idle.remove(connection);
        connection.exchanges++;
        if (connection.isFull()) {
            notFree(connection);
        }
        return connection;
    }

    /** One at a time, as long as it may turn out that many requests have room on it. */
    private void connect(Origin origin, BiConsumer<ConnectionLease, Throwable> first) {
        Deque<BiConsumer<ConnectionLease, Throwable>> others = awaited.get(origin);
        if (others != null) {
            others.add(first);
            return;
        }
        boolean maySpeakHttp2 = origin.tls() && !http1.contains(origin);
        if (maySpeakHttp2) {
            awaited.put(origin, new ArrayDeque<>());
        }
        client.connect(address(origin)).onComplete((http, cause) -> {
            Deque<BiConsumer<ConnectionLease, Throwable>> waiting =
                    maySpeakHttp2 ? awaited.remove(origin) : new ArrayDeque<>();
            if (cause == null) {
                connected(origin, http, first, waiting);
            } else {
                first.accept(null, cause);
                waiting.forEach(other -> other.accept(null, cause));
            }
        });
    }

    private void connected(
            Origin origin,
            HttpClientConnection http,
            BiConsumer<ConnectionLease, Throwable> first,
            Deque<BiConsumer<ConnectionLease, Throwable>> waiting) {
        if (origin.tls() && http.protocolVersion() != HttpVersion.HTTP_2) {
            http1.add(origin);
            if (http1.size() > MOST_KNOWN) {
                http1.removeFirst();
            }
        }
        PooledConnection connection = admit(new PooledConnection(origin, http, settings.maxHeaderBytes(), sizes));
        connection
                .begin(context)
                .map(stream -> new ConnectionLease(connection, stream, false))
                .onComplete(first::accept);
        waiting.forEach(other -> lease(origin, other));
    }

    /** Of the server, or of a proxy that is asked for whole URLs as a server is; other proxies only pass bytes on. */
    private HttpConnectOptions address(Origin origin) {
        Optional<ProxyServer> proxy = proxies.select(origin.tls(), origin.host());
        Optional<ProxyServer> relay = proxy.filter(each -> each.relays(origin.tls()));
        HttpConnectOptions address = new HttpConnectOptions()
                .setHost(relay.map(ProxyServer::host).orElse(origin.host()))
                .setPort(relay.map(ProxyServer::port).orElse(origin.port()))
                .setSsl(origin.tls())
                .setConnectTimeout(settings.connectTimeout().toMillis());
        if (!origin.tls()) {
            address.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        return relay.isPresent()
                ? address
                : address.setProxyOptions(proxy.map(ConnectionPool::tunnel).orElse(null));
    }

    private static ProxyOptions tunnel(ProxyServer proxy) {
        ProxyOptions options = new ProxyOptions()
                .setType(proxy.socks() ? ProxyType.SOCKS5 : ProxyType.HTTP)
                .setHost(proxy.host())
                .setPort(proxy.port());
        proxy.login().ifPresent(login -> options.setUsername(login.user()).setPassword(login.password()));
        return options;
    }

    private PooledConnection admit(PooledConnection connection) {
        open.add(connection);
        connection.channel().channel().config().setRecvByteBufAllocator(sizes);
        // Without a handler Vert.x logs each fault of a connection with its stack; the exchange is told of it anyway.
        connection.http.exceptionHandler(told -> {});
        connection.http.closeHandler(closed -> forget(connection));
        if (!connection.isFull()) {
            makeFree(connection);
        }
        return connection;
    }

    private void release(PooledConnection connection) {
        connection.exchanges--;
        if (!open.contains(connection)) {
            return;
        }
        if (!connection.free) {
            makeFree(connection);
        }
        if (connection.exchanges == 0) {
            idle.add(connection);
            if (idle.size() > MOST_IDLE) {
                close(idle.iterator().next());
            }
        }
    }

    private void makeFree(PooledConnection connection) {
        connection.free = true;
        free.computeIfAbsent(connection.origin, origin -> new ArrayDeque<>()).addLast(connection);
    }

    /** Looks from the end, where the one stands that was used last. */
    private void notFree(PooledConnection connection) {
        connection.free = false;
        Deque<PooledConnection> others = free.get(connection.origin);
        others.removeLastOccurrence(connection);
        if (others.isEmpty()) {
            free.remove(connection.origin);
        }
    }

    private void close(PooledConnection connection) {
        forget(connection);
        connection.http.close();
    }

    private void forget(PooledConnection connection) {
        open.remove(connection);
        idle.remove(connection);
        if (connection.free) {
            notFree(connection);
        }
    }

    public void close() {
        List.copyOf(open).forEach(this::close);
    }
}
