package dev.juggler.work.fetch.http;

import dev.juggler.access.TlsSettings;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Adapts TLS settings to the trust options of the Vert.x client. The client calls it off the event loop, at the first
 * secure connection; only then are the certificate authorities read.
 */
public record ClientTls(TlsSettings tls) implements TrustOptions {

    /** Returns the client's own certificate; null without one. */
    public @Nullable KeyCertOptions keys() {
        return tls.keys().map(KeyCertOptions::wrap).orElse(null);
    }

    @Override
    public TrustOptions copy() {
        return this;
    }

    @Override
    public TrustManagerFactory getTrustManagerFactory(Vertx vertx) throws Exception {
        tls.load();
        return TrustOptions.wrap(tls.trust()).getTrustManagerFactory(vertx);
    }

    @Override
    public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) throws Exception {
        tls.load();
        return TrustOptions.wrap(tls.trust()).trustManagerMapper(vertx);
    }
}
