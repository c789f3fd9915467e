package dev.juggler.work.fetch.url;

/**
 * The scheme, host and port of a URL. Credentials and the user's headers never leave their origin.
 *
 * @param host in lower case, in ASCII, an IPv6 address without brackets
 */
public record Origin(boolean tls, String host, int port) {

    static int defaultPort(boolean tls) {
        return tls ? 443 : 80;
    }

    // The methods that a record generates are slow until C2 has compiled them, and a request calls these three times.
    @Override
    public boolean equals(Object other) {
        return other instanceof Origin origin && port == origin.port && tls == origin.tls && host.equals(origin.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    /** Returns the start of every URL of this origin, without the default port. */
    public String url() {
        return (tls ? "https://" : "http://") + authority();
    }

    /** Returns the value of the Host header: host and port, without the default port. */
    public String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == defaultPort(tls) ? name : name + ":" + port;
    }
}
