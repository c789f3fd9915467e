package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Three simulated machines: network namespaces, each with an address of its own, on a bridge whose ports can be cut.
 * Needs root on Linux.
 */
final class Namespaces implements AutoCloseable {
    private static final int MACHINES = 3;
    private static final String SUBNET = "10.213.87.";

    /** Keeps concurrent test runs apart; names of links have 15 characters at most. */
    private final String prefix = "jg" + ProcessHandle.current().pid() + "-";

    private final List<String> created = new ArrayList<>();

    /** Tells whether this process may create network namespaces. */
    static boolean areAllowed() throws Exception {
        String probe = "jgprobe" + ProcessHandle.current().pid();
        try {
            return run("ip", "netns", "add", probe) == 0
                    && run("ip", "netns", "exec", probe, "ip", "link", "add", "type", "bridge") == 0
                    && run("ip", "netns", "delete", probe) == 0;
        } catch (IOException e) {
            // The program "ip" is not installed.
            return false;
        }
    }

    Namespaces() throws Exception {
        String hub = add("hub");
        inside(hub, "link", "add", "bridge", "type", "bridge");
        inside(hub, "link", "set", "bridge", "up");
        for (int i = 0; i < MACHINES; i++) {
            String machine = add(Integer.toString(i));
            inside(hub, "link", "add", "port" + i, "type", "veth", "peer", "name", "wire", "netns", machine);
            inside(hub, "link", "set", "port" + i, "master", "bridge");
            inside(hub, "link", "set", "port" + i, "up");
            inside(machine, "address", "add", address(i) + "/24", "dev", "wire");
            inside(machine, "link", "set", "wire", "up");
            inside(machine, "link", "set", "lo", "up");
        }
    }

    private String add(String name) throws Exception {
        String namespace = prefix + name;
        assertEquals(0, run("ip", "netns", "add", namespace), namespace);
        created.add(namespace);
        return namespace;
    }

    private static void inside(String namespace, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(words));
        assertEquals(0, run(command.toArray(String[]::new)), command::toString);
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The IP address of a machine. */
    static String address(int machine) {
        return SUBNET + (machine + 1);
    }

    /** The command that runs {@code command} on this machine. */
    List<String> on(int machine, List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", prefix + machine));
        words.addAll(command);
        return words;
    }

    /** Cuts this machine off the network. */
    void cut(int machine) throws Exception {
        inside(prefix + "hub", "link", "set", "port" + machine, "down");
    }

    /** Connects a machine that was cut off. */
    void reconnect(int machine) throws Exception {
        inside(prefix + "hub", "link", "set", "port" + machine, "up");
    }

    @Override
    public void close() throws IOException {
        for (String namespace : created) {
            new ProcessBuilder("ip", "netns", "delete", namespace)
                    .start()
                    .onExit()
                    .join();
        }
    }
}
