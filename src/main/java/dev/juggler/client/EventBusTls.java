package dev.juggler.client;

import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Mutual TLS on a clustered event bus: every member shows a certificate of one authority, and who has none is not heard.
 * Files are in PEM.
 *
 * @param key the private key of this member
 * @param certificate its certificate, with those between it and the authority
 * @param authority the certificate that the others' must be signed by
 */
public record EventBusTls(Path key, Path certificate, Path authority) {

    /**
     * Checks that the files are there.
     *
     * @throws IllegalArgumentException with one line for a person
     */
    public EventBusTls {
        for (Path file : List.of(key, certificate, authority)) {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("TLS file " + file + " is not there, or cannot be read");
            }
        }
    }

    /** The options of an event bus that speaks so. */
    public EventBusOptions eventBus() {
        return new EventBusOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                // Otherwise it is true for event buses, and any certificate would do.
                .setTrustAll(false)
                .setKeyCertOptions(
                        new PemKeyCertOptions().setKeyPath(key.toString()).setCertPath(certificate.toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()));
    }
}
