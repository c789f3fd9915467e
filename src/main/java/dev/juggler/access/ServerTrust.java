package dev.juggler.access;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks server certificates. Rejects them with a one-line reason, where the JDK reports path building; and loads the
 * JDK's list of authorities at the first secure connection, since runs with plain HTTP need none.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    /** Authorities to trust instead of the JDK's, or null. */
    private final @Nullable KeyStore authorities;

    private @Nullable X509ExtendedTrustManager delegate;

    ServerTrust(@Nullable KeyStore authorities) {
        this.authorities = authorities;
    }

    private synchronized X509ExtendedTrustManager delegate() throws CertificateException {
        X509ExtendedTrustManager loaded = delegate;
        if (loaded == null) {
            loaded = newDelegate();
            delegate = loaded;
        }
        return loaded;
    }

    private X509ExtendedTrustManager newDelegate() throws CertificateException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new CertificateException("cannot read the list of trusted authorities", e);
        }
    }

    void load() {
        try {
            var _ = delegate();
        } catch (CertificateException reportedByCheck) {
            // The first check fails for the same reason, and reports it.
            return;
        }
    }

    /** A check of the delegate. */
    private interface Check {
        void run(X509ExtendedTrustManager delegate) throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run(delegate());
        } catch (CertificateException e) {
            throw explained(e, chain[0]);
        }
    }

    /** Returns an exception with the reason, and without a cause, so that this is the innermost message. */
    private static CertificateException explained(CertificateException refusal, X509Certificate own) {
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            return new CertificateException(
                    "its certificate expired on " + own.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            return new CertificateException(
                    "its certificate is not valid before " + own.getNotBefore().toInstant());
        }
        String message = Objects.requireNonNullElse(refusal.getMessage(), "");
        if (message.startsWith("No ")) {
            return new CertificateException("its certificate is for another host (" + message + ")");
        }
        if (message.contains("path building failed") || message.contains("trust anchor")) {
            return new CertificateException(
                    isSelfSigned(own)
                            ? "its certificate is self-signed; --cacert FILE trusts it"
                            : "its certificate was signed by an authority that is not trusted; --cacert FILE trusts"
                                    + " it");
        }
        return refusal;
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        PublicKey own = certificate.getPublicKey();
        try {
            certificate.verify(own);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String auth, SSLEngine engine) throws CertificateException {
        check(chain, delegate -> delegate.checkServerTrusted(chain, auth, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String auth, Socket socket) throws CertificateException {
        check(chain, delegate -> delegate.checkServerTrusted(chain, auth, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String auth) throws CertificateException {
        check(chain, delegate -> delegate.checkServerTrusted(chain, auth));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth, SSLEngine engine) throws CertificateException {
        delegate().checkClientTrusted(chain, auth, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth, Socket socket) throws CertificateException {
        delegate().checkClientTrusted(chain, auth, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth) throws CertificateException {
        delegate().checkClientTrusted(chain, auth);
    }

    /** Used by servers only. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /**
     * Returns a manager that trusts any certificate, whatever its name: the JDK still checks that for a plain
     * {@code X509TrustManager}.
     */
    static TrustManager trustAll() {
        return new X509ExtendedTrustManager() {
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String auth, SSLEngine engine) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String auth, Socket socket) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String auth) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String auth, SSLEngine engine) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String auth, Socket socket) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String auth) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
    }
}
