package dev.juggler.work.fetch.http;

import dev.juggler.access.ProxyServer;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.work.fetch.url.HttpUrl;
import java.util.List;
import java.util.Optional;

/**
 * One request as it goes out.
 *
 * @param headers all that are sent but Host and those that say how long the body is
 * @param proxy what it goes through, or empty
 * @param body never changed after construction, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingRequest(
        HttpUrl target, String method, List<Header> headers, byte[] body, Optional<ProxyServer> proxy) {

    /** The proxy that is itself asked, for the whole URL; empty when it only passes bytes on, or there is none. */
    Optional<ProxyServer> relay() {
        return proxy.isPresent() && proxy.get().relays(target.origin().tls()) ? proxy : Optional.empty();
    }

    /** What stands in the request line. */
    String uri() {
        return relay().isPresent() ? target.url() : target.path();
    }

    /** Whether asking twice is as good as asking once: RFC 9110, 9.2.2. */
    boolean isIdempotent() {
        return switch (method) {
            case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }
}
