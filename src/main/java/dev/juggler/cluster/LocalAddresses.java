package dev.juggler.cluster;

import com.hazelcast.config.InterfacesConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/**
 * True when a cluster's addresses are those of this machine; joining would tell it late, and in the words of libraries.
 */
final class LocalAddresses {
    private LocalAddresses() {}

    /**
     * Checks where a member is to listen.
     *
     * @param host of the event bus
     * @param interfaces of Hazelcast; one with {@code *} or a range is taken as it is
     * @throws ClusterException when this machine has none of them
     */
    static void check(String host, InterfacesConfig interfaces) {
        if (!isHere(host)) {
            throw wrong("host", host);
        }
        List<String> named = List.copyOf(interfaces.getInterfaces());
        if (interfaces.isEnabled() && !named.isEmpty() && named.stream().noneMatch(LocalAddresses::mayBeHere)) {
            throw wrong("interfaces", String.join(", ", named));
        }
    }

    private static ClusterException wrong(String setting, String addresses) {
        return ClusterException.usage("cluster " + setting + ": " + addresses + " is no address of this machine", null);
    }

    private static boolean mayBeHere(String address) {
        return address.contains("*") || address.contains("-") || isHere(address);
    }

    private static boolean isHere(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException e) {
            return false;
        } catch (SocketException e) {
            // What cannot be looked up is for joining to find out.
            return true;
        }
    }
}
