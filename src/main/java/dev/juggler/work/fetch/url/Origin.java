package dev.juggler.work.fetch.url;

/**
 * Scheme, host and port of a URL: how far credentials and the user's headers travel.
 *
 * @param host in lower case, in ASCII, an IPv6 address without brackets
 */
public record Origin(boolean tls, String host, int port) {

    static int defaultPort(boolean tls) {
        return tls ? 443 : 80;
    }

    // A record's own are method handles, which are slow until the JVM's second compiler has had them; a request asks
    // thrice.
    @Override
    public boolean equals(Object other) {
        return other instanceof Origin origin && port == origin.port && tls == origin.tls && host.equals(origin.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    /** The beginning of every URL of this origin; the default port is left out. */
    public String url() {
        return (tls ? "https://" : "http://") + authority();
    }

    /** What stands in a Host header. */
    public String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == defaultPort(tls) ? name : name + ":" + port;
    }
}
