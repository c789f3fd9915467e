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
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * True when a server's certificate is trusted. Says in one line why it is not, where the JDK speaks of path building;
 * and reads the JDK's list of authorities at the first secure connection, since most runs of plain HTTP need none.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    /** Authorities to trust in place of the JDK's, or null. */
    private final KeyStore authorities;

    private X509ExtendedTrustManager judge;

    ServerTrust(KeyStore authorities) {
        this.authorities = authorities;
    }

    private synchronized X509ExtendedTrustManager judge() throws CertificateException {
        if (judge == null) {
            try {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(authorities);
                judge = Arrays.stream(factory.getTrustManagers())
                        .filter(X509ExtendedTrustManager.class::isInstance)
                        .map(X509ExtendedTrustManager.class::cast)
                        .findFirst()
                        .orElseThrow();
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the list of trusted authorities cannot be read", e);
            }
        }
        return judge;
    }

    void load() {
        try {
            judge();
        } catch (CertificateException toldAtTheHandshake) {
            // The first check fails of the same, and says so where somebody listens.
            return;
        }
    }

    /** One of the judge's checks. */
    private interface Check {
        void by(X509ExtendedTrustManager judge) throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.by(judge());
        } catch (CertificateException e) {
            throw named(e, chain[0]);
        }
    }

    /** Without a cause: whoever looks for the innermost message is to find this one. */
    private static CertificateException named(CertificateException refusal, X509Certificate own) {
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            return new CertificateException(
                    "its certificate expired on " + own.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            return new CertificateException(
                    "its certificate is not valid before " + own.getNotBefore().toInstant());
        }
        String said = refusal.getMessage() == null ? "" : refusal.getMessage();
        if (said.startsWith("No ")) {
            return new CertificateException("its certificate is for another host (" + said + ")");
        }
        if (said.contains("path building failed") || said.contains("trust anchor")) {
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
        check(chain, judge -> judge.checkServerTrusted(chain, auth, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String auth, Socket socket) throws CertificateException {
        check(chain, judge -> judge.checkServerTrusted(chain, auth, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String auth) throws CertificateException {
        check(chain, judge -> judge.checkServerTrusted(chain, auth));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth, SSLEngine engine) throws CertificateException {
        judge().checkClientTrusted(chain, auth, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth, Socket socket) throws CertificateException {
        judge().checkClientTrusted(chain, auth, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth) throws CertificateException {
        judge().checkClientTrusted(chain, auth);
    }

    /** Only servers ask for this. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /**
     * Trusts anybody, whatever the name in the certificate: a plain {@code X509TrustManager} would still check that.
     */
    static TrustManager anybody() {
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
