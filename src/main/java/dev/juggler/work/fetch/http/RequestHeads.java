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

/**
 * Makes the heads of requests for the client of Vert.x. Nearly all of a run have the same fields, so these are checked
 * and put in order once. Confined to one event loop.
 */
final class RequestHeads {
    private final boolean observed;
    private Fields lately = Fields.of(List.of());

    /** @param observed whether somebody measures requests, and wants to know the whole URL of each */
    RequestHeads(boolean observed) {
        this.observed = observed;
    }

    /**
     * Header fields as the client wants them.
     *
     * @param source what they were made of
     * @param all sent as they are; never changed after construction
     * @param host what the user wants to stand in Host, or null
     */
    private record Fields(List<Header> source, MultiMap all, HostAndPort host) {

        static Fields of(List<Header> source) {
            MultiMap all = HttpHeaders.headers();
            HostAndPort host = null;
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

    /** The head of a request over a connection to this server. */
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
        if (lately.source() != headers) {
            lately = Fields.of(headers);
        }
        return lately;
    }

    /** With what this one request has beyond the fields of others. */
    private static MultiMap withOwn(MultiMap fields, OutgoingRequest outgoing) {
        MultiMap all = HttpHeaders.headers().addAll(fields);
        outgoing.relay().flatMap(ProxyServer::login).ifPresent(login -> all.add("proxy-authorization", login.basic()));
        if (outgoing.body() != null) {
            all.set("content-length", String.valueOf(outgoing.body().length));
        }
        return all;
    }
}
