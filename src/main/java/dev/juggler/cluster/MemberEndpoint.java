package dev.juggler.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EndpointConfig;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import java.util.Objects;

/**
 * Configures a port for members only. By default Hazelcast serves clients on the same port, so a connecting member
 * sends nothing before it knows the protocol of the other side. While it waits, its only output thread spins and does
 * not serve other members (5.6.0). A single process that is stopped, and so accepts connections but does not answer,
 * makes all others consider each other dead. A port for members only has no such wait, and rejects clients.
 */
final class MemberEndpoint {
    private MemberEndpoint() {}

    /** Applies the endpoint, except to a configuration that needs more: one with ports of its own, REST or memcache. */
    static void apply(Config config) {
        NetworkConfig network = config.getNetworkConfig();
        AdvancedNetworkConfig advanced = config.getAdvancedNetworkConfig();
        if (!servesMore(network) && !advanced.isEnabled()) {
            advanced.setMemberEndpointConfig(of(network))
                    .setJoin(network.getJoin())
                    .setMemberAddressProviderConfig(network.getMemberAddressProviderConfig())
                    .setIcmpFailureDetectorConfig(network.getIcmpFailureDetectorConfig())
                    .setEnabled(true);
        }
    }

    @SuppressWarnings("removal") // Hazelcast will drop REST; until then a file can enable it.
    private static boolean servesMore(NetworkConfig network) {
        return network.getRestApiConfig().isEnabled()
                || network.getMemcacheProtocolConfig().isEnabled();
    }

    private static ServerSocketEndpointConfig of(NetworkConfig network) {
        return new ServerSocketEndpointConfig()
                .setPort(network.getPort())
                .setPortCount(network.getPortCount())
                .setPortAutoIncrement(network.isPortAutoIncrement())
                .setReuseAddress(network.isReuseAddress())
                .setPublicAddress(network.getPublicAddress())
                .setOutboundPorts(network.getOutboundPorts())
                .setOutboundPortDefinitions(network.getOutboundPortDefinitions())
                .setInterfaces(network.getInterfaces())
                .setSocketInterceptorConfig(network.getSocketInterceptorConfig())
                .setSSLConfig(network.getSSLConfig());
    }

    /** The interfaces that members listen on. */
    static InterfacesConfig interfaces(Config config) {
        AdvancedNetworkConfig advanced = config.getAdvancedNetworkConfig();
        if (!advanced.isEnabled()) {
            return config.getNetworkConfig().getInterfaces();
        }
        EndpointConfig members = advanced.getEndpointConfigs().get(EndpointQualifier.MEMBER);
        return Objects.requireNonNull(members, "the configuration has no endpoint for members")
                .getInterfaces();
    }
}
