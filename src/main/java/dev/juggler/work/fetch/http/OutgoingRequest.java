package dev.juggler.work.fetch.http;

import dev.juggler.access.ProxyServer;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.work.fetch.url.HttpUrl;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent.
 *
 * @param headers all header fields except Host and those that frame the body
 * @param proxy the proxy it goes through, or empty
 * @param body never changed after construction, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingRequest(
        HttpUrl target, String method, List<Header> headers, byte @Nullable [] body, Optional<ProxyServer> proxy) {

    /**
     * Returns the proxy that relays the request and gets the whole URL; empty when it only tunnels, or there is none.
     */
    Optional<ProxyServer> relay() {
        return proxy.isPresent() && proxy.get().relays(target.origin().tls()) ? proxy : Optional.empty();
    }

    /** Returns the target in the request line. */
    String uri() {
        return relay().isPresent() ? target.url() : target.path();
    }

    /** Returns whether the request may be sent twice: RFC 9110, 9.2.2. */
    boolean isIdempotent() {
        return switch (method) {
            case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }
}
