package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.OutcomePage;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A file outside Juggler to which each task appends a line whenever it runs, as independent evidence. */
record Ledger(Path file) {

    static Ledger in(Path folder) throws Exception {
        return new Ledger(Files.createFile(folder.resolve("ledger")));
    }

    /** Settings of a node that may run {@code note}, which takes some time for each task. */
    String settings(int minimumMembers) {
        return settings(minimumMembers, "0.06");
    }

    /** Settings as above, with the duration of a task in seconds. */
    String settings(int minimumMembers, String seconds) {
        return """
            {"minimumMembers": %d, "drain": "1s",
             "exec": {"commands": {"note": ["sh", "-c", "sleep %s; echo $0 >> %s", "{}"]}}}
            """.formatted(minimumMembers, seconds, file);
    }

    /** The keys of the tasks that ran, in the order of their ends. */
    List<String> ran() throws Exception {
        return Files.readAllLines(file);
    }

    /**
     * Checks that no task is lost or committed twice, and that superfluous runs do not outnumber the tasks.
     *
     * @return the number of superfluous runs
     */
    int check(TestCluster cluster, String id, int tasks) throws Exception {
        OutcomePage page = cluster.ask(client -> client.outcomes(id, 0, 1000));
        return check(rows(cluster, id, page), tasks);
    }

    /** Checks rows as above. */
    int check(List<JsonObject> rows, int tasks) throws Exception {
        List<String> committed = new ArrayList<>();
        rows.stream()
                .filter(row -> row.getString("state").equals("succeeded"))
                .forEach(row -> committed.add(row.getString("key")));
        assertEquals(tasks, committed.size(), "committed");
        assertEquals(tasks, Set.copyOf(committed).size(), "committed once");
        List<String> ran = ran();
        assertEquals(Set.copyOf(committed), Set.copyOf(ran));
        assertTrue(ran.size() <= 2 * tasks, "ran " + ran.size());
        return ran.size() - tasks;
    }

    private static List<JsonObject> rows(TestCluster cluster, String id, OutcomePage first) throws Exception {
        List<JsonObject> rows = new ArrayList<>(first.outcomes());
        OutcomePage page = first;
        while (!page.complete()) {
            long next = page.next();
            page = cluster.ask(client -> client.outcomes(id, next, 1000));
            rows.addAll(page.outcomes());
        }
        return rows;
    }
}
