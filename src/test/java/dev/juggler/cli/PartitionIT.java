package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.ClusterFile;
import dev.juggler.Waiting;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network partition and its end: three nodes, each in a network namespace of its own. */
class PartitionIT {
    /** More than one node can run until it counts as dead, after ten seconds. */
    private static final int TASKS = 240;

    private static final String TASK_SECONDS = "0.2";
    private static final int NODES = 3;

    private final List<RunningProcess> nodes = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void theMinorityStopsTheMajorityTakesItsJobOverAndTheyMerge() throws Exception {
        assumeTrue(Namespaces.areAllowed(), "network namespaces are not allowed here: they need root on Linux");
        Ledger ledger = Ledger.in(folder);
        try (Namespaces machines = new Namespaces()) {
            for (int i = 0; i < NODES; i++) {
                start(machines, i, ledger);
            }
            String id = command(
                            machines,
                            0,
                            "submit",
                            "--",
                            "exec",
                            "-m",
                            "threads",
                            "-n",
                            "2",
                            "1.." + TASKS,
                            "--",
                            "note")
                    .getFirst();
            Waiting.until(() -> ledger.runs().size() > 10);
            int owner = nodeThatLogged("job " + id + " accepted");

            machines.cut(owner);
            nodes.get(owner).err().await("minority: this node sees fewer than the required 2 nodes");
            Waiting.until(() -> nodeThatLogged("job " + id + " resumes, epoch 2") >= 0);
            machines.reconnect(owner);
            nodes.get(owner).err().await("enough nodes are back");
            nodes.get(owner).err().await("job " + id + " was taken over by another node");

            int next = nodeThatLogged("job " + id + " resumes, epoch 2");
            assertNotEquals(owner, next);
            nodes.get(next).err().await("job " + id + " ended: completed");
            assertFalse(nodes.get(owner).err().has("job " + id + " ended"));
            List<JsonObject> rows = command(machines, owner, "outcomes", id).stream()
                    .map(JsonObject::new)
                    .toList();
            System.out.println("repeated runs: " + ledger.check(rows, TASKS) + " of " + TASKS);
        } finally {
            nodes.forEach(RunningProcess::close);
        }
    }

    private void start(Namespaces machines, int machine, Ledger ledger) throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf-" + machine));
        String address = Namespaces.address(machine);
        JsonObject settings = new JsonObject(ledger.settings(2, TASK_SECONDS))
                .put("host", address)
                .put("data", "data");
        Files.writeString(conf.resolve("node.json"), settings.encode());
        ClusterFile.write(
                conf, "partition", address, 5701, Namespaces.address(0), Namespaces.address(1), Namespaces.address(2));
        JugglerProcess juggler = JugglerProcess.in(folder);
        RunningProcess node = juggler.launch(machines.on(
                machine,
                juggler.command("node", "--conf", conf.resolve("node.json").toString())));
        nodes.add(node);
        node.err().await("accepts jobs");
    }

    /** The index of the first node whose log contains this text; -1 for none. */
    private int nodeThatLogged(String words) {
        return IntStream.range(0, NODES)
                .filter(i -> nodes.get(i).err().has(words))
                .findFirst()
                .orElse(-1);
    }

    /** Runs a command on this machine for the node there. */
    private List<String> command(Namespaces machines, int machine, String command, String... more) throws Exception {
        String address = Namespaces.address(machine);
        List<String> words = new ArrayList<>(
                List.of(command, "--node", address + ":5701", "--bind", address, "--cluster-name", "partition"));
        words.addAll(List.of(more));
        JugglerProcess juggler = JugglerProcess.in(folder);
        try (RunningProcess running =
                juggler.launch(machines.on(machine, juggler.command(words.toArray(String[]::new))))) {
            EndedProcess ended = running.await();
            assertEquals(0, ended.exit(), ended::toString);
            return ended.out();
        }
    }
}
