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

/**
 * How secure connections are made, the same for every HTTP client: whom is trusted, and who one is.
 *
 * @param trust checks servers' certificates and, unless {@code insecure}, their names
 * @param keys one's own certificate, or empty
 * @param insecure whether any server is taken for the one it says it is
 */
public record TlsSettings(TrustManager trust, Optional<X509KeyManager> keys, boolean insecure) {
    private static final char[] NO_PASSWORD = new char[0];

    /**
     * Reads the files.
     *
     * @param authorities a PEM file of certificates that are trusted in place of the JDK's
     * @param certificate a PEM file with one's own certificate, and those between it and its authority
     * @param key a PEM file with its private key; empty when it is in the file of the certificate
     * @throws IllegalArgumentException when one of them cannot be used
     */
    public static TlsSettings of(
            Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key, boolean insecure) {
        if (key.isPresent() && certificate.isEmpty()) {
            throw new IllegalArgumentException("a private key is of no use without its certificate: give --cert FILE");
        }
        KeyStore trusted = authorities.map(TlsSettings::trusted).orElse(null);
        TrustManager trust = insecure ? ServerTrust.anybody() : new ServerTrust(trusted);
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
            throw new IllegalArgumentException("the certificates in " + file + " cannot be used", e);
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
            throw new IllegalArgumentException("the certificate in " + certificate + " cannot be used with its key", e);
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
