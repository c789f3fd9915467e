package dev.juggler.cluster;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "a/b", "a\n"})
    void invalidNamesAreRejected(String name) {
        assertThrows(IllegalArgumentException.class, () -> ClusterSettings.onLoopback(name, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void invalidPortsAreRejected(int port) {
        assertThrows(IllegalArgumentException.class, () -> ClusterSettings.onLoopback("c", port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host:", "host:70000", "a b", "host:1:2", "http://host"})
    void invalidMembersAreRejected(String member) {
        assertThrows(IllegalArgumentException.class, () -> ClusterSettings.joining("c", member));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "10.0.0.7:5701", "[::1]:5701", "node-1.example.org"})
    void hostsWithAndWithoutPortAreMembers(String member) {
        assertDoesNotThrow(() -> ClusterSettings.joining("c", member));
    }

    @Test
    void aMemberListensOnLoopbackByDefault() {
        Config config = HazelcastConfig.of(ClusterSettings.onLoopback("c", 0));
        assertTrue(MemberEndpoint.interfaces(config).isEnabled());
        assertEquals(
                List.of("127.0.0.1"),
                List.copyOf(MemberEndpoint.interfaces(config).getInterfaces()));
        assertEquals("false", config.getProperty("hazelcast.socket.bind.any"));
        assertTrue(!config.getAdvancedNetworkConfig()
                .getJoin()
                .getMulticastConfig()
                .isEnabled());
    }

    @Test
    void thePortServesMembersOnly() throws Exception {
        AdvancedNetworkConfig network = HazelcastConfig.of(with(network("""
            <port port-count="3">5999</port>
            <join><tcp-ip enabled="true"><member>10.0.0.7</member></tcp-ip></join>
            """))).getAdvancedNetworkConfig();
        assertTrue(network.isEnabled());
        assertEquals(
                Set.of(EndpointQualifier.MEMBER), network.getEndpointConfigs().keySet());
        ServerSocketEndpointConfig members =
                (ServerSocketEndpointConfig) network.getEndpointConfigs().get(EndpointQualifier.MEMBER);
        assertEquals(5999, members.getPort());
        assertEquals(3, members.getPortCount());
        assertEquals(List.of("10.0.0.7"), network.getJoin().getTcpIpConfig().getMembers());
    }

    @Test
    void aPortThatServesMoreThanMembersIsConfiguredByTheFile() throws Exception {
        Config config = HazelcastConfig.of(with(network("<rest-api enabled=\"true\"/>")));
        assertTrue(!config.getAdvancedNetworkConfig().isEnabled());
    }

    private Path network(String elements) throws IOException {
        return Files.writeString(folder.resolve("cluster.xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config"><network>%s</network></hazelcast>
            """.formatted(elements));
    }

    @Test
    void aMissingFileIsRejected() {
        Path missing = folder.resolve("cluster.xml");
        ClusterException rejected = assertThrows(ClusterException.class, () -> HazelcastConfig.of(with(missing)));
        assertEquals("cannot read cluster configuration " + missing + ": there is no such file", rejected.getMessage());
        assertTrue(rejected.isUsage());
    }

    @Test
    void aFileThatIsNotAConfigurationIsRejected() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.xml"), "<hazelcast><netw");
        assertTrue(assertThrows(ClusterException.class, () -> HazelcastConfig.of(with(broken)))
                .isUsage());
    }

    @Test
    void theFileOverridesDefaultsAndWhatVertxNeedsIsAdded() throws Exception {
        Path file = Files.writeString(folder.resolve("cluster.xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>from-file</cluster-name>
              <properties><property name="hazelcast.partition.count">7</property></properties>
            </hazelcast>
            """);
        Config config = HazelcastConfig.of(with(file));
        assertEquals("from-file", config.getClusterName());
        assertEquals("7", config.getProperty("hazelcast.partition.count"));
        assertEquals("0", config.getProperty("hazelcast.wait.seconds.before.join"));
        assertTrue(config.getMultiMapConfigs().containsKey("__vertx.subs"));
    }

    private static ClusterSettings with(Path file) {
        return new ClusterSettings("c", "127.0.0.1", 0, List.of(), Optional.empty(), false, Optional.of(file));
    }
}
