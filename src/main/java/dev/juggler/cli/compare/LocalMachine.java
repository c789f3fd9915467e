package dev.juggler.cli.compare;

import dev.juggler.report.MachineInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Describes the machine this JVM runs on. */
final class LocalMachine {
    private static final Path HOST_NAME_FILE = Path.of("/etc/hostname");

    private LocalMachine() {}

    static MachineInfo info() {
        return new MachineInfo(
                hostName(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
    }

    /** The host name, from the file if there is one: a name server that does not answer would delay the start. */
    private static String hostName() {
        try {
            String name = Files.readString(HOST_NAME_FILE).strip();
            return name.isEmpty() ? "localhost" : name;
        } catch (IOException e) {
            return resolvedHostName();
        }
    }

    private static String resolvedHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
