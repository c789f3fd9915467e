package dev.juggler.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings with which a JVM joins a cluster. A Hazelcast configuration file overrides them.
 *
 * @param name the name of the cluster; JVMs join only members with the same name
 * @param host the address that Hazelcast and the event bus listen on: an IP address or a host name
 * @param port the port of Hazelcast, or the next free one of a hundred if it is in use; 0 for any free port
 * @param members addresses of possible members: {@code HOST} or {@code HOST:PORT}
 * @param required the member without which there is no cluster to join; this JVM then waits for it and never begins a
 *     cluster of its own
 * @param lite true to hold no data of shared maps, so that joining and leaving cost nothing
 * @param config a Hazelcast configuration file, in XML
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
    private static final int MAX_PORT = 65_535;

    public ClusterSettings {
        members = List.copyOf(members);
        Objects.requireNonNull(config);
        check(
                NAME.matcher(name).matches(),
                "name '" + name + "' is invalid: use at most 100 letters, digits, dots, dashes and underscores");
        check(HOST.matcher(host).matches(), "host '" + host + "' is invalid: use an IP address or a host name");
        check(port >= 0 && port <= MAX_PORT, "port " + port + " is invalid: use 0 to " + MAX_PORT);
        members.forEach(ClusterSettings::checkMember);
        required.ifPresent(ClusterSettings::checkMember);
    }

    /** Settings of a new cluster that only this machine can reach. */
    public static ClusterSettings onLoopback(String name, int port) {
        return new ClusterSettings(name, LOOPBACK, port, List.of(), Optional.empty(), false, Optional.empty());
    }

    /** Settings to join the cluster of {@code member} without holding data of shared maps. */
    public static ClusterSettings joining(String name, String member) {
        return new ClusterSettings(name, LOOPBACK, 0, List.of(), Optional.of(member), true, Optional.empty());
    }

    private static void checkMember(String member) {
        var matcher = MEMBER.matcher(member);
        check(
                matcher.matches() && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) <= MAX_PORT),
                "member '" + member + "' is invalid: use HOST or HOST:PORT");
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException("cluster " + message);
        }
    }
}
