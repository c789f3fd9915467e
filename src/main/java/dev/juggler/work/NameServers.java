package dev.juggler.work;

import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Keeps name lookups on the name servers of this machine. Where {@code /etc/resolv.conf} names none, Netty asks public
 * resolvers in the internet; this class follows resolv.conf(5) instead, which then takes the local machine.
 */
final class NameServers {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private NameServers() {}

    /** Adds the local machine as the only server if the system names none. Reads a short file. */
    static AddressResolverOptions addTo(AddressResolverOptions options) {
        boolean linux = System.getProperty("os.name").equals("Linux");
        return linux ? addTo(options, RESOLV_CONF) : options;
    }

    static AddressResolverOptions addTo(AddressResolverOptions options, Path resolvConf) {
        return namesServer(resolvConf) ? options : options.addServer("127.0.0.1");
    }

    private static boolean namesServer(Path resolvConf) {
        try (Stream<String> lines = Files.lines(resolvConf)) {
            return lines.anyMatch(line -> line.strip().matches("nameserver\\s+\\S.*"));
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
        }
    }
}
