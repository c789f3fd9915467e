package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.Waiting;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A network that falls apart and comes together again: three nodes, each in a network namespace of its own. */
class PartitionIT {
    private static final int TASKS = 300;
    private static final int NODES = 3;

    private final List<Running> nodes = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    @EnabledIfSystemProperty(named = "juggler.long", matches = "true", disabledReason = "needs -Djuggler.long=true")
    void theMinorityStopsAndTheMajorityTakesItsJobOverAndTheyMeetAgain() throws Exception {
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
            int owner = ownerOf(job(machines, 0, id));
            int other = (owner + 1) % NODES;

            machines.cut(owner);
            nodes.get(owner).err().await("minority: this node sees fewer than the 2 nodes");
            Waiting.until(() -> job(machines, other, id).getInteger("epoch") == 2);
            machines.mend(owner);
            nodes.get(owner).err().await("enough nodes are back");

            Waiting.until(() -> job(machines, owner, id).getString("state").equals("ended"));
            JsonObject done = job(machines, owner, id);
            assertEquals("completed", done.getString("ending"), done::encode);
            List<JsonObject> rows = ask(machines, owner, "outcomes", id).stream()
                    .map(JsonObject::new)
                    .toList();
            System.out.println("runs for nothing: " + ledger.check(rows, TASKS) + " of " + TASKS);
        } finally {
            nodes.forEach(Running::close);
        }
    }

    private void start(Namespaces machines, int machine, Ledger ledger) throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf-" + machine));
        String address = Namespaces.address(machine);
        JsonObject settings =
                new JsonObject(ledger.settings(2)).put("host", address).put("data", "data");
        Files.writeString(conf.resolve("node.json"), settings.encode());
        Files.writeString(conf.resolve("cluster.xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>partition</cluster-name>
              <network>
                <port port-count="3">5701</port>
                <join>
                  <auto-detection enabled="false"/>
                  <multicast enabled="false"/>
                  <tcp-ip enabled="true"><member-list>
                    <member>%s</member><member>%s</member><member>%s</member>
                  </member-list></tcp-ip>
                </join>
                <interfaces enabled="true"><interface>%s</interface></interfaces>
              </network>
            </hazelcast>
            """.formatted(
                        Namespaces.address(0), Namespaces.address(1), Namespaces.address(2), address));
        Juggler juggler = Juggler.in(folder);
        Running node = juggler.launch(machines.on(
                machine,
                juggler.command("node", "--conf", conf.resolve("node.json").toString())));
        nodes.add(node);
        node.err().await("takes jobs");
    }

    private int ownerOf(JsonObject job) throws Exception {
        for (int i = 0; i < NODES; i++) {
            if (nodes.get(i).err().first("takes jobs").contains("node " + job.getString("owner") + " at")) {
                return i;
            }
        }
        throw new AssertionError("nobody owns " + job.encode());
    }

    private JsonObject job(Namespaces machines, int machine, String id) throws Exception {
        return ask(machines, machine, "jobs", "--json").stream()
                .map(JsonObject::new)
                .filter(job -> job.getString("id").equals(id))
                .findFirst()
                .orElse(new JsonObject().put("epoch", 0).put("state", "unknown"));
    }

    /** Asks the node on this machine; nothing is known where it cannot answer now. */
    private List<String> ask(Namespaces machines, int machine, String command, String... more) throws Exception {
        String address = Namespaces.address(machine);
        List<String> words = new ArrayList<>(
                List.of(command, "--node", address + ":5701", "--bind", address, "--cluster-name", "partition"));
        words.addAll(List.of(more));
        Juggler juggler = Juggler.in(folder);
        try (Running running = juggler.launch(machines.on(machine, juggler.command(words.toArray(String[]::new))))) {
            Ended ended = running.await();
            return ended.exit() == 0 ? ended.out() : List.of();
        }
    }
}
