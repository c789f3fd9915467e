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

/** A file outside Juggler in which each task notes itself each time it is run: what truly happened. */
record Ledger(Path file) {

    static Ledger in(Path folder) throws Exception {
        return new Ledger(Files.createFile(folder.resolve("ledger")));
    }

    /** Settings of a node that may run {@code note}, which takes some time over each task. */
    String settings(int minimumMembers) {
        return settings(minimumMembers, "0.06");
    }

    /** The same with tasks that take so many seconds. */
    String settings(int minimumMembers, String seconds) {
        return """
            {"minimumMembers": %d, "drain": "1s",
             "exec": {"commands": {"note": ["sh", "-c", "sleep %s; echo $0 >> %s", "{}"]}}}
            """.formatted(minimumMembers, seconds, file);
    }

    /** What ran, in the order of its ends. */
    List<String> ran() throws Exception {
        return Files.readAllLines(file);
    }

    /**
     * No task is lost, none is committed twice, and nothing ran for nothing more often than there are tasks.
     *
     * @return how many runs were for nothing
     */
    int check(TestCluster cluster, String id, int tasks) throws Exception {
        OutcomePage page = cluster.ask(client -> client.outcomes(id, 0, 1000));
        return check(rows(cluster, id, page), tasks);
    }

    /** The same for rows that were had in another way. */
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
