package dev.juggler.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;

/**
 * The port of a member, for members alone. By default Hazelcast listens to its clients there as well, and so a member
 * that connects says nothing of its own before it has heard what the other speaks. While it waits, its only writing
 * thread spins and never comes to what it has for other members (5.6.0): one process that is stopped, and so accepts
 * connections and does not answer, has all others take each other for dead. A port for members alone has no such wait,
 * and one kind of stranger less.
 */
final class MemberEndpoint {
    private MemberEndpoint() {}

    /**
     * Leaves alone what asks for more than members: a configuration with ports of its own, or with REST or memcache.
     */
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

    @SuppressWarnings("removal") // Hazelcast is to lose its REST some day; until then a file can ask for it.
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

    /** The interfaces that members are met at. */
    static InterfacesConfig interfaces(Config config) {
        AdvancedNetworkConfig advanced = config.getAdvancedNetworkConfig();
        return advanced.isEnabled()
                ? advanced.getEndpointConfigs().get(EndpointQualifier.MEMBER).getInterfaces()
                : config.getNetworkConfig().getInterfaces();
    }
}
