package dev.juggler.work.fetch.url;

/**
 * The scheme, host and port of a URL. Credentials and the user's headers never leave their origin.
 *
 * @param host in lower case, in ASCII; an IPv6 address without brackets, with its zone after a percent sign if it has
 *     one
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

    /** Returns the start of every URL of this origin, without the default port. A zone is written as in RFC 6874. */
    public String url() {
        return (tls ? "https://" : "http://") + withPort(host.replace("%", "%25"));
    }

    /** Returns the value of the Host header: host and port, without the default port and the zone, which is local. */
    public String authority() {
        int zone = host.indexOf('%');
        return withPort(zone < 0 ? host : host.substring(0, zone));
    }

    private String withPort(String plain) {
        String name = plain.indexOf(':') < 0 ? plain : "[" + plain + "]";
        return port == defaultPort(tls) ? name : name + ":" + port;
    }
}
