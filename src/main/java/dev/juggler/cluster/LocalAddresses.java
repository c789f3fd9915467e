package dev.juggler.cluster;

import com.hazelcast.config.InterfacesConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Checks that the addresses of a cluster member belong to this machine. Joining would report a wrong one late and less
 * clearly.
 */
final class LocalAddresses {
    private LocalAddresses() {}

    /**
     * Checks the addresses that a member is to listen on.
     *
     * @param host the host of the event bus
     * @param interfaces the interfaces of Hazelcast; patterns with {@code *} or a range are accepted unchecked
     * @throws ClusterException if this machine does not have the host or any of the interfaces
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
        return ClusterException.usage("cluster " + setting + ": " + addresses + " is not an address of this machine");
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
            // The check is impossible; joining will tell.
            return true;
        }
    }
}
