package dev.juggler.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.dns.AddressResolverOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameServersTest {
    @TempDir
    Path folder;

    private List<String> servers(String resolvConf) throws Exception {
        Path file = Files.writeString(folder.resolve("resolv.conf"), resolvConf);
        return serversOf(NameServers.addTo(new AddressResolverOptions(), file));
    }

    /** The servers set; empty when Vert.x reads those of the system. */
    private static List<String> serversOf(AddressResolverOptions options) {
        return options.getServers() == null ? List.of() : options.getServers();
    }

    @Test
    void leavesTheSystemsServersAlone() throws Exception {
        assertEquals(List.of(), servers("search example.org\nnameserver 192.0.2.1\n"));
        assertEquals(List.of(), servers("  nameserver\t2001:db8::1 # home\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "search example.org\n", "# nameserver 192.0.2.1\n", "nameserver\n", "nameservers x\n"})
    void takesTheLocalMachineWhereTheSystemNamesNone(String resolvConf) throws Exception {
        assertEquals(List.of("127.0.0.1"), servers(resolvConf));
    }

    @Test
    void takesTheLocalMachineWhereTheFileIsMissing() {
        AddressResolverOptions options = NameServers.addTo(new AddressResolverOptions(), folder.resolve("missing"));
        assertEquals(List.of("127.0.0.1"), serversOf(options));
    }
}
