package dev.juggler.access;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS settings for any HTTP client: trusted authorities and the client certificate.
 *
 * @param trust checks servers' certificates and, unless {@code insecure}, their names
 * @param keys the client certificate, or empty
 * @param insecure whether any server certificate is accepted
 */
public record TlsSettings(TrustManager trust, Optional<X509KeyManager> keys, boolean insecure) {
    private static final char[] NO_PASSWORD = new char[0];

    /**
     * Reads the files.
     *
     * @param authorities a PEM file of certificates to trust instead of the JDK's
     * @param certificate a PEM file with the client certificate and its intermediate certificates
     * @param key a PEM file with its private key; empty when it is in the file of the certificate
     * @throws IllegalArgumentException when one of them is missing or invalid
     */
    public static TlsSettings of(
            Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key, boolean insecure) {
        if (key.isPresent() && certificate.isEmpty()) {
            throw new IllegalArgumentException("a private key requires its certificate; give --cert FILE");
        }
        @Nullable KeyStore trusted = authorities.map(TlsSettings::trusted).orElse(null);
        TrustManager trust = insecure ? ServerTrust.trustAll() : new ServerTrust(trusted);
        return new TlsSettings(trust, certificate.map(file -> keys(file, key.orElse(file))), insecure);
    }

    private static KeyStore trusted(Path file) {
        try {
            KeyStore store = empty();
            int number = 0;
            for (X509Certificate each : PemFiles.certificates(file)) {
                store.setCertificateEntry("authority-" + number++, each);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("cannot use the certificates in " + file, e);
        }
    }

    private static X509KeyManager keys(Path certificate, Path key) {
        List<X509Certificate> chain = PemFiles.certificates(certificate);
        PrivateKey secret = PemFiles.privateKey(key);
        if (!chain.getFirst()
                .getPublicKey()
                .getAlgorithm()
                .replace("Ed25519", "EdDSA")
                .equals(secret.getAlgorithm())) {
            throw new IllegalArgumentException("the key in " + key + " does not belong to the certificate in "
                    + certificate + ": one is " + secret.getAlgorithm() + ", the other "
                    + chain.getFirst().getPublicKey().getAlgorithm());
        }
        try {
            KeyStore store = empty();
            store.setKeyEntry("own", secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return Arrays.stream(factory.getKeyManagers())
                    .filter(X509KeyManager.class::isInstance)
                    .map(X509KeyManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("cannot use the certificate in " + certificate + " with its key", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Reads the list of trusted authorities now rather than at the first connection. Blocks. */
    public void load() {
        if (trust instanceof ServerTrust checking) {
            checking.load();
        }
    }
}
