package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.ConcurrencyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of users that end, or try to end, the JVM of a run. */
class UserExitIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ConcurrencyModel.class)
    void aFunctionThatExitsCostsItsOwnInputAlone(ConcurrencyModel model) throws Exception {
        function("if (n == 500) System.exit(0);");

        EndedProcess ended = run("compute", "-k", "--model", model.id(), "Exit.java", "1..1000", "--journal", "j");

        assertEquals(1, ended.exit(), ended.toString());
        assertEquals(
                IntStream.rangeClosed(1, 1000)
                        .filter(n -> n != 500)
                        .mapToObj(Integer::toString)
                        .toList(),
                ended.out());
        EndedProcess resumed =
                run("compute", "--json", "--model", model.id(), "Exit.java", "1..1000", "--journal", "j", "--resume");
        assertEquals(1, resumed.exit(), resumed.toString());
        assertEquals(999, resumed.count("skipped"));
    }

    @Test
    void anExitThatCannotBePreventedIsNeverASuccess() throws Exception {
        function("if (n == 500) Class.forName(\"java.lang.System\").getMethod(\"exit\", int.class).invoke(null, 0);");

        EndedProcess ended = run("compute", "Exit.java", "1..1000");

        assertEquals(1, ended.exit(), ended.toString());
        assertTrue(
                ended.err().getLast().contains("a task ended the JVM before the run was complete"), ended.toString());
    }

    private void function(String statement) throws Exception {
        Files.writeString(
                folder.resolve("Exit.java"),
                "class Exit { static int f(int n) throws Exception { " + statement + " return n; } }");
    }

    private EndedProcess run(String... arguments) throws Exception {
        return JugglerProcess.in(folder).run(arguments);
    }
}
