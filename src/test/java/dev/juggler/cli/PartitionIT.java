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

/** Tests a network partition and its repair with three nodes, each in its own network namespace. */
class PartitionIT {
    /** More tasks than one node can run in the ten seconds until the others consider it dead. */
    private static final int TASKS = 240;

    private static final String SECONDS_EACH = "0.2";
    private static final int NODES = 3;

    private final List<RunningProcess> nodes = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void theMajorityTakesOverTheMinoritysJobAndTheNodesRejoin() throws Exception {
        assumeTrue(Namespaces.areAllowed(), "network namespaces are not allowed here: they need root on Linux");
        Ledger ledger = Ledger.in(folder);
        try (Namespaces machines = new Namespaces()) {
            for (int i = 0; i < NODES; i++) {
                start(machines, i, ledger);
            }
            String id = ask(
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
            Waiting.until(() -> ledger.ran().size() > 10);
            int owner = whoSays("job " + id + " accepted");

            machines.cut(owner);
            nodes.get(owner).err().await("minority: this node sees fewer than the 2 nodes");
            Waiting.until(() -> whoSays("job " + id + " goes on, epoch 2") >= 0);
            machines.mend(owner);
            nodes.get(owner).err().await("enough nodes are back");
            nodes.get(owner).err().await("job " + id + " was taken over by another node");

            int next = whoSays("job " + id + " goes on, epoch 2");
            assertNotEquals(owner, next);
            nodes.get(next).err().await("job " + id + " ended: completed");
            assertFalse(nodes.get(owner).err().has("job " + id + " ended"));
            List<JsonObject> rows = ask(machines, owner, "outcomes", id).stream()
                    .map(JsonObject::new)
                    .toList();
            System.out.println("runs for nothing: " + ledger.check(rows, TASKS) + " of " + TASKS);
        } finally {
            nodes.forEach(RunningProcess::close);
        }
    }

    private void start(Namespaces machines, int machine, Ledger ledger) throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf-" + machine));
        String address = Namespaces.address(machine);
        JsonObject settings = new JsonObject(ledger.settings(2, SECONDS_EACH))
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
        node.err().await("takes jobs");
    }

    /** The first node whose log contains a text; -1 if there is none. */
    private int whoSays(String words) {
        return IntStream.range(0, NODES)
                .filter(i -> nodes.get(i).err().has(words))
                .findFirst()
                .orElse(-1);
    }

    /** Sends a request to the node on a machine. */
    private List<String> ask(Namespaces machines, int machine, String command, String... more) throws Exception {
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
