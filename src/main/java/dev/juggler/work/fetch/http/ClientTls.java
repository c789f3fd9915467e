package dev.juggler.work.fetch.http;

import dev.juggler.access.TlsSettings;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom the Vert.x client trusts. It asks off the event loop, at the first secure connection; that is when the list of
 * authorities is read.
 */
public record ClientTls(TlsSettings tls) implements TrustOptions {

    public KeyCertOptions keys() {
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
