package dev.juggler.cluster;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.InterfacesConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests addresses of this machine and of others. */
class LocalAddressesTest {
    /** An address of a block that is reserved for documentation. */
    private static final String ELSEWHERE = "192.0.2.1";

    private static InterfacesConfig interfaces(String... addresses) {
        return new InterfacesConfig().setEnabled(true).setInterfaces(List.of(addresses));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1", "0.0.0.0"})
    void addressesOfThisMachineAreAccepted(String host) {
        assertDoesNotThrow(() -> LocalAddresses.check(host, interfaces(host)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.*.*.*", "192.0.2.1-9", "127.0.0.1"})
    void interfacesMayBePatternsAndOneLocalOneIsEnough(String pattern) {
        assertDoesNotThrow(() -> LocalAddresses.check("127.0.0.1", interfaces(ELSEWHERE, pattern)));
    }

    @Test
    void otherAddressesAreRejectedWithTheNameOfTheSetting() {
        ClusterException host =
                assertThrows(ClusterException.class, () -> LocalAddresses.check(ELSEWHERE, interfaces()));
        assertEquals("cluster host: 192.0.2.1 is not an address of this machine", host.getMessage());
        assertTrue(host.isUsage());
        ClusterException interfaces =
                assertThrows(ClusterException.class, () -> LocalAddresses.check("127.0.0.1", interfaces(ELSEWHERE)));
        assertEquals("cluster interfaces: 192.0.2.1 is not an address of this machine", interfaces.getMessage());
        InterfacesConfig off = interfaces(ELSEWHERE).setEnabled(false);
        assertDoesNotThrow(() -> LocalAddresses.check("127.0.0.1", off), "disabled interfaces are not used");
    }
}
