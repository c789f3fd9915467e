package dev.juggler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the {@code cluster.xml} of a test's own cluster. */
public final class ClusterFile {
    private ClusterFile() {}

    /**
     * Writes the file.
     *
     * @param own the address that nodes listen on
     * @param port the first port that nodes try
     * @param members the addresses where nodes look for others
     */
    public static void write(Path folder, String name, String own, int port, String... members) throws IOException {
        Files.writeString(folder.resolve("cluster.xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>%s</cluster-name>
              <network>
                <port port-count="20">%d</port>
                <join>
                  <auto-detection enabled="false"/>
                  <multicast enabled="false"/>
                  <tcp-ip enabled="true"><member-list>%s</member-list></tcp-ip>
                </join>
                <interfaces enabled="true"><interface>%s</interface></interfaces>
              </network>
            </hazelcast>
            """.formatted(name, port, tags(members), own));
    }

    /** Writes the file for three nodes on the loopback, at this port and the next two. */
    public static void writeForThree(Path folder, String name, int port) throws IOException {
        String own = "127.0.0.1";
        write(folder, name, own, port, own + ":" + port, own + ":" + (port + 1), own + ":" + (port + 2));
    }

    private static String tags(String... members) {
        return Arrays.stream(members)
                .map(member -> "<member>" + member + "</member>")
                .collect(Collectors.joining());
    }
}
