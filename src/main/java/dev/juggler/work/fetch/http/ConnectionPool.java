package dev.juggler.work.fetch.http;

import dev.juggler.access.ProxySelection;
import dev.juggler.access.ProxyServer;
import dev.juggler.work.fetch.url.Origin;
import io.netty.channel.Channel;
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
import io.vertx.core.net.HostAndPort;
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
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, each kept for the next exchange with its origin. Confined to the loop.
 *
 * <p>The coordinator limits the number of concurrent exchanges, so an exchange that finds no free connection opens one.
 * Only while the first connection to a secure origin is established do others wait for it: with HTTP/2 it serves them
 * all. A single loop needs no more; the Vert.x pool, which serves many threads, takes as long as the rest of an
 * exchange.
 */
public final class ConnectionPool {
    /**
     * Maximum number of idle connections over all origins; beyond that the one that has been idle longest is closed.
     */
    static final int MAX_IDLE = 256;

    /** Maximum number of origins remembered as HTTP/1 only. */
    private static final int MAX_HTTP1_ORIGINS = 10_000;

    private final ContextInternal context;
    private final HttpClientAgent client;
    private final ProxySelection proxies;
    private final FetchSettings settings;
    private final Map<Origin, Deque<PooledConnection>> free = new HashMap<>();
    private final Set<PooledConnection> idle = new LinkedHashSet<>();
    private final Set<PooledConnection> open = new HashSet<>();

    /** Origins whose first connection is being established, and the requests that wait to learn its protocol. */
    private final Map<Origin, Deque<LeaseHandler>> awaited = new HashMap<>();

    /** Secure origins that do not speak HTTP/2. */
    private final LinkedHashSet<Origin> http1 = new LinkedHashSet<>();

    private final ReadSizes sizes;
    private final RequestHeads heads;

    /**
     * Creates an empty pool.
     *
     * @param loop the context of the event loop
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

    /** A connection and the number of exchanges on it: at most one, unless it speaks HTTP/2. */
    private static final class PooledConnection {
        private final Origin origin;
        private final HttpClientConnection http;
        private final boolean http2;

        /** Null with HTTP/2. */
        private final @Nullable StrictHttpCodec codec;

        /** Null with HTTP/2. */
        private final @Nullable BodyTap tap;

        /** The Host header: Vert.x leaves out the brackets of an IPv6 address. */
        private final HostAndPort authority;

        private int exchanges = 1;
        private boolean free;

        PooledConnection(Origin origin, HttpClientConnection http, int maxHeaderBytes, ReadSizes sizes) {
            this.origin = origin;
            this.authority = HostAndPort.parseAuthority(origin.authority(), -1);
            this.http = http;
            this.http2 = http.protocolVersion() == HttpVersion.HTTP_2;
            ChannelHandlerContext channel = streams(http).channelHandlerContext();
            this.codec = http2 ? null : StrictHttpCodec.install(channel.channel(), maxHeaderBytes);
            this.tap = http2 ? null : BodyTap.before(channel, sizes);
        }

        /**
         * Returns whether it can serve another exchange after one was answered: the whole request was sent, and no
         * surplus bytes were received.
         */
        boolean isReusable() {
            return isShared() || streams().activeStreams() == 0 && (codec == null || !codec.hasSurplus());
        }

        boolean isFull() {
            return exchanges >= maxExchanges();
        }

        boolean isShared() {
            return maxExchanges() > 1;
        }

        /** Returns the maximum number of concurrent exchanges. */
        private long maxExchanges() {
            return http2 ? http.maxActiveStreams() : 1;
        }

        Channel channel() {
            return streams().channelHandlerContext().channel();
        }

        /** Begins an exchange as a stream, without the request and response objects that Vert.x wraps around it. */
        Future<HttpClientStream> begin(ContextInternal context) {
            return streams().createStream(context);
        }

        io.vertx.core.http.impl.HttpClientConnection streams() {
            return streams(http);
        }

        /** Unwraps the internal connection, which gives access to streams and the channel. */
        private static io.vertx.core.http.impl.HttpClientConnection streams(HttpClientConnection http) {
            return ((UnpooledHttpClientConnection) http).unwrap();
        }
    }

    /** Takes the result of a request for a lease; one of the methods is called, once. */
    interface LeaseHandler {
        void leased(ConnectionLease lease);

        void failed(Throwable cause);
    }

    /** The right to one exchange; returned by a single call of {@link #release} or {@link #discard}. */
    final class ConnectionLease {
        private final PooledConnection connection;
        private final HttpClientStream stream;
        private final boolean reused;

        private ConnectionLease(PooledConnection connection, HttpClientStream stream, boolean reused) {
            this.connection = connection;
            this.stream = stream;
            this.reused = reused;
        }

        /**
         * Returns whether the connection served an exchange before, so that the server may have closed it meanwhile.
         */
        boolean isReused() {
            return reused;
        }

        /** Returns whether the connection accepts no more exchanges and so is not leased again. */
        boolean isRetired() {
            return connection.http2 && !open.contains(connection);
        }

        /**
         * Returns the stream that reports the events of the exchange. Its handlers are set before the request is sent.
         */
        HttpClientStream stream() {
            return stream;
        }

        /** Sends the request; the stream reports failures. */
        void send(OutgoingRequest outgoing) {
            byte[] bytes = outgoing.body();
            Buffer body = bytes == null ? null : Buffer.buffer(bytes);
            stream.writeHead(
                    heads.of(outgoing, connection.authority),
                    false,
                    body,
                    true,
                    HttpUtils.DEFAULT_STREAM_PRIORITY,
                    false);
        }

        /** Returns the tap that takes bodies from the connection; null with HTTP/2, where several share it. */
        @Nullable
        BodyTap tap() {
            return connection.tap;
        }

        /** Returns the connection after the end of the response. */
        void release() {
            if (connection.isReusable()) {
                ConnectionPool.this.release(connection);
            } else {
                close(connection);
            }
        }

        /** Aborts the exchange, and with HTTP/1 closes its connection. */
        void discard() {
            // Otherwise the stream would report its own reset.
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

    /** Begins an exchange with this origin; {@code then} gets the lease, or the failure. */
    void lease(Origin origin, LeaseHandler then) {
        PooledConnection connection = take(origin);
        if (connection == null) {
            connect(origin, then);
        } else {
            connection.begin(context).onComplete((stream, closed) -> {
                if (closed == null) {
                    then.leased(new ConnectionLease(connection, stream, true));
                } else {
                    forget(connection);
                    lease(origin, then);
                }
            });
        }
    }

    /** Begins an exchange on a new connection: where one pooled connection turned out to be closed, others may be. */
    void leaseNew(Origin origin, LeaseHandler then) {
        connect(origin, then);
    }

    private @Nullable PooledConnection take(Origin origin) {
        Deque<PooledConnection> candidates = free.get(origin);
        if (candidates == null) {
            return null;
        }
        PooledConnection connection = candidates.getLast();
        idle.remove(connection);
        connection.exchanges++;
        if (connection.isFull()) {
            markBusy(connection);
        }
        return connection;
    }

    /**
     * Connects to an origin. While its protocol may turn out to be HTTP/2, only one connection at a time is attempted.
     */
    private void connect(Origin origin, LeaseHandler first) {
        Deque<LeaseHandler> others = awaited.get(origin);
        if (others != null) {
            others.add(first);
            return;
        }
        boolean maySpeakHttp2 = origin.tls() && !http1.contains(origin);
        if (maySpeakHttp2) {
            awaited.put(origin, new ArrayDeque<>());
        }
        client.connect(address(origin)).onComplete((http, cause) -> {
            Deque<LeaseHandler> waiting = maySpeakHttp2 ? removeWaiting(origin) : new ArrayDeque<>();
            if (cause == null) {
                connected(origin, http, first, waiting);
            } else {
                first.failed(cause);
                waiting.forEach(other -> other.failed(cause));
            }
        });
    }

    private Deque<LeaseHandler> removeWaiting(Origin origin) {
        Deque<LeaseHandler> waiting = awaited.remove(origin);
        return waiting == null ? new ArrayDeque<>() : waiting;
    }

    private void connected(Origin origin, HttpClientConnection http, LeaseHandler first, Deque<LeaseHandler> waiting) {
        if (origin.tls() && http.protocolVersion() != HttpVersion.HTTP_2) {
            http1.add(origin);
            if (http1.size() > MAX_HTTP1_ORIGINS) {
                http1.removeFirst();
            }
        }
        PooledConnection connection = admit(new PooledConnection(origin, http, settings.maxHeaderBytes(), sizes));
        connection
                .begin(context)
                .map(stream -> new ConnectionLease(connection, stream, false))
                .onComplete(first::leased, first::failed);
        waiting.forEach(other -> lease(origin, other));
    }

    /** Returns the address of the server, or of a proxy that relays requests; other proxies only tunnel. */
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
        connection.channel().config().setRecvByteBufAllocator(sizes);
        // Without a handler Vert.x logs each failure of a connection with its stack trace; the exchange reports it
        // anyway.
        connection.http.exceptionHandler(reported -> {});
        connection.http.closeHandler(closed -> forget(connection));
        if (connection.http2) {
            connection.http.goAwayHandler(goAway -> retire(connection));
        }
        if (!connection.isFull()) {
            markFree(connection);
        }
        return connection;
    }

    private void release(PooledConnection connection) {
        connection.exchanges--;
        if (!open.contains(connection)) {
            if (connection.exchanges == 0) {
                connection.http.close();
            }
            return;
        }
        if (!connection.free) {
            markFree(connection);
        }
        if (connection.exchanges == 0) {
            idle.add(connection);
            if (idle.size() > MAX_IDLE) {
                close(idle.iterator().next());
            }
        }
    }

    private void markFree(PooledConnection connection) {
        connection.free = true;
        free.computeIfAbsent(connection.origin, origin -> new ArrayDeque<>()).addLast(connection);
    }

    private void markBusy(PooledConnection connection) {
        connection.free = false;
        free.computeIfPresent(connection.origin, (origin, others) -> {
            // Searches from the end, where the connection used last is.
            others.removeLastOccurrence(connection);
            return others.isEmpty() ? null : others;
        });
    }

    private void close(PooledConnection connection) {
        forget(connection);
        connection.http.close();
    }

    /** Leaves a connection that accepts no more exchanges to those that it still serves; the last one closes it. */
    private void retire(PooledConnection connection) {
        forget(connection);
        if (connection.exchanges == 0) {
            connection.http.close();
        }
    }

    private void forget(PooledConnection connection) {
        open.remove(connection);
        idle.remove(connection);
        if (connection.free) {
            markBusy(connection);
        }
    }

    public void close() {
        List.copyOf(open).forEach(this::close);
    }
}
