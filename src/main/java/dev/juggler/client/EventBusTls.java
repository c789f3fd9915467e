package dev.juggler.client;

import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Mutual TLS on a clustered event bus: every member presents a certificate of one authority, and connections without
 * one are rejected. Files are in PEM.
 *
 * @param key the private key of this member
 * @param certificate its certificate, with the intermediate ones
 * @param authority the certificate of the authority that signs the certificates of all members
 */
public record EventBusTls(Path key, Path certificate, Path authority) {

    /**
     * Checks that the files can be read.
     *
     * @throws IllegalArgumentException with a one-line message, when one of them cannot be read
     */
    public EventBusTls {
        for (Path file : List.of(key, certificate, authority)) {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException(
                        "cannot read TLS file " + file + ": it does not exist, or is not readable");
            }
        }
    }

    /** Returns the options of an event bus with this TLS. */
    public EventBusOptions eventBus() {
        return new EventBusOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                // The default of event buses is true, which accepts any certificate.
                .setTrustAll(false)
                .setKeyCertOptions(
                        new PemKeyCertOptions().setKeyPath(key.toString()).setCertPath(certificate.toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()));
    }
}
