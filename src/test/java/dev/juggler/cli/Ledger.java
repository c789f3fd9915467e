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

/** A file outside Juggler in which each task notes itself on every run: the truth that results are checked against. */
record Ledger(Path file) {

    static Ledger in(Path folder) throws Exception {
        return new Ledger(Files.createFile(folder.resolve("ledger")));
    }

    /** Settings of a node that allows the command {@code note}, whose tasks take 60 ms. */
    String settings(int minimumMembers) {
        return settings(minimumMembers, "0.06");
    }

    /** Settings as {@link #settings(int)}, with tasks that take so many seconds. */
    String settings(int minimumMembers, String seconds) {
        return """
            {"minimumMembers": %d, "drain": "1s",
             "exec": {"commands": {"note": ["sh", "-c", "sleep %s; echo $0 >> %s", "{}"]}}}
            """.formatted(minimumMembers, seconds, file);
    }

    /** The keys of the runs, in the order of their ends. */
    List<String> runs() throws Exception {
        return Files.readAllLines(file);
    }

    /**
     * Checks that no task is lost, that none is committed twice, and that repeated runs do not outnumber the tasks.
     *
     * @return the number of repeated runs
     */
    int check(TestCluster cluster, String id, int tasks) throws Exception {
        OutcomePage page = cluster.ask(client -> client.outcomes(id, 0, 1000));
        return check(rows(cluster, id, page), tasks);
    }

    /** Checks rows that were read in another way. */
    int check(List<JsonObject> rows, int tasks) throws Exception {
        List<String> committed = new ArrayList<>();
        rows.stream()
                .filter(row -> row.getString("state").equals("succeeded"))
                .forEach(row -> committed.add(row.getString("key")));
        assertEquals(tasks, committed.size(), "committed");
        assertEquals(tasks, Set.copyOf(committed).size(), "committed once");
        List<String> runs = runs();
        assertEquals(Set.copyOf(committed), Set.copyOf(runs));
        assertTrue(runs.size() <= 2 * tasks, runs.size() + " runs");
        return runs.size() - tasks;
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
