package dev.juggler.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A list of hosts in the format of {@code no_proxy}, separated by commas or spaces: a name, with or without a leading
 * dot, matches itself and its subdomains; {@code *} matches all; an address matches itself, and {@code 10.0.0.0/8} its
 * network.
 */
final class NoProxyList {
    private final List<String> entries;

    private NoProxyList(List<String> entries) {
        this.entries = entries;
    }

    static NoProxyList parse(String text) {
        return new NoProxyList(Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    /** Returns whether a host matches; it is in lower case, an IPv6 address without brackets. */
    boolean contains(String host) {
        if (entries.isEmpty()) {
            return false;
        }
        Optional<InetAddress> address = address(host);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return entries.stream()
                .anyMatch(entry -> entry.equals("*")
                        || address.map(each -> matches(entry, each)).orElseGet(() -> isBelow(name, entry)));
    }

    private static boolean isBelow(String name, String entry) {
        return name.equals(entry) || name.endsWith("." + entry);
    }

    private static boolean matches(String entry, InetAddress address) {
        int slash = entry.indexOf('/');
        String network = (slash < 0 ? entry : entry.substring(0, slash)).replaceAll("[\\[\\]]", "");
        byte[] bytes = address.getAddress();
        byte[] wanted = address(network).map(InetAddress::getAddress).orElse(null);
        if (wanted == null || wanted.length != bytes.length) {
            return false;
        }
        int bits = slash < 0 ? 8 * bytes.length : bits(entry.substring(slash + 1), 8 * bytes.length);
        for (int i = 0; i < bits; i++) {
            if (((bytes[i / 8] ^ wanted[i / 8]) >> (7 - i % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bits(String text, int max) {
        return text.matches("[0-9]{1,3}") ? Math.min(Integer.parseInt(text), max) : max;
    }

    /** Parses a literal address; names are not looked up. */
    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }
}
