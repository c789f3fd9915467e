package dev.juggler.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a JVM joins a cluster. Of what is said here and in a configuration file of Hazelcast's too, the file counts.
 *
 * @param name of the cluster; JVMs with another one do not meet
 * @param host the address that Hazelcast and the event bus listen on: an IP address, or a name of one
 * @param port Hazelcast's; the next free one of a hundred is taken when it is in use. 0 for any free one
 * @param members where others may be met: {@code HOST} or {@code HOST:PORT}
 * @param required the one of them without which there is no cluster to join; this JVM then waits for it and never
 *     begins a cluster of its own
 * @param lite whether this JVM holds no part of shared maps, so that it comes and goes at no cost
 * @param config a configuration file of Hazelcast's, in XML
 */
public record ClusterSettings(
        String name,
        String host,
        int port,
        List<String> members,
        Optional<String> required,
        boolean lite,
        Optional<Path> config) {
    /** The address that only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}");
    private static final Pattern MEMBER =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");
    private static final int LAST_PORT = 65_535;

    public ClusterSettings {
        members = List.copyOf(members);
        Objects.requireNonNull(config);
        check(NAME.matcher(name).matches(), "name '" + name + "': letters, digits, dots and dashes, at most 100");
        check(HOST.matcher(host).matches(), "host '" + host + "': an IP address or a host's name");
        check(port >= 0 && port <= LAST_PORT, "port " + port + ": 0 to " + LAST_PORT);
        members.forEach(ClusterSettings::checkMember);
        required.ifPresent(ClusterSettings::checkMember);
    }

    /** A cluster on this machine alone, begun here. */
    public static ClusterSettings onLoopback(String name, int port) {
        return new ClusterSettings(name, LOOPBACK, port, List.of(), Optional.empty(), false, Optional.empty());
    }

    /** Joins the cluster of this name that {@code member} is in, and takes no part in keeping its data. */
    public static ClusterSettings joining(String name, String member) {
        return new ClusterSettings(name, LOOPBACK, 0, List.of(), Optional.of(member), true, Optional.empty());
    }

    private static void checkMember(String member) {
        var matcher = MEMBER.matcher(member);
        check(
                matcher.matches() && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) <= LAST_PORT),
                "member '" + member + "': HOST or HOST:PORT");
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException("cluster " + message);
        }
    }
}
