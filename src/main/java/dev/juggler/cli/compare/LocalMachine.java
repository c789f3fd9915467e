package dev.juggler.cli.compare;

import dev.juggler.report.MachineInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that this runs on. */
final class LocalMachine {
    private static final Path NAME = Path.of("/etc/hostname");

    private LocalMachine() {}

    static MachineInfo described() {
        return new MachineInfo(
                name(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
    }

    /** From the file first: a name server that does not answer would hold it up. */
    private static String name() {
        try {
            String name = Files.readString(NAME).strip();
            return name.isEmpty() ? "localhost" : name;
        } catch (IOException e) {
            return ofNetwork();
        }
    }

    private static String ofNetwork() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
