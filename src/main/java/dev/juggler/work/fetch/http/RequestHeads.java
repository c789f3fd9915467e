package dev.juggler.work.fetch.http;

import dev.juggler.access.ProxyServer;
import dev.juggler.job.FetchSpec.Header;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpRequestHead;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates request heads for the Vert.x client. Nearly all requests of a run have the same fields, so these are checked
 * and sorted once. Confined to one event loop.
 */
final class RequestHeads {
    private final boolean observed;
    private Fields latest = Fields.of(List.of());

    /** @param observed whether metrics are enabled, which need the whole URL of each request */
    RequestHeads(boolean observed) {
        this.observed = observed;
    }

    /**
     * Header fields in the form of the client.
     *
     * @param source the headers they were made of
     * @param all the fields to send; never changed after construction
     * @param host the user's value of Host, or null
     */
    private record Fields(
            List<Header> source, MultiMap all, @Nullable HostAndPort host) {

        static Fields of(List<Header> source) {
            MultiMap all = HttpHeaders.headers();
            @Nullable HostAndPort host = null;
            for (Header header : source) {
                if (header.name().equalsIgnoreCase("host")) {
                    host = HostAndPort.parseAuthority(header.value(), -1);
                } else {
                    all.add(header.name(), header.value());
                }
            }
            return new Fields(source, all, host);
        }
    }

    /**
     * Returns the head of a request.
     *
     * @param server the origin of the connection; a proxy that relays requests gets the target's
     */
    HttpRequestHead of(OutgoingRequest outgoing, HostAndPort server) {
        Fields fields = fields(outgoing.headers());
        Optional<ProxyServer> relay = outgoing.relay();
        HostAndPort named = relay.isEmpty()
                ? server
                : HostAndPort.parseAuthority(outgoing.target().origin().authority(), -1);
        return new HttpRequestHead(
                outgoing.target().origin().tls() ? "https" : "http",
                HttpMethod.valueOf(outgoing.method()),
                outgoing.uri(),
                relay.isEmpty() && outgoing.body() == null ? fields.all() : withOwn(fields.all(), outgoing),
                fields.host() == null ? named : fields.host(),
                observed ? outgoing.target().url() : null,
                null);
    }

    private Fields fields(List<Header> headers) {
        if (latest.source() != headers) {
            latest = Fields.of(headers);
        }
        return latest;
    }

    /** Adds the fields that only this request has. */
    private static MultiMap withOwn(MultiMap fields, OutgoingRequest outgoing) {
        MultiMap all = HttpHeaders.headers().addAll(fields);
        outgoing.relay().flatMap(ProxyServer::login).ifPresent(login -> all.add("proxy-authorization", login.basic()));
        byte[] body = outgoing.body();
        if (body != null) {
            all.set("content-length", String.valueOf(body.length));
        }
        return all;
    }
}
