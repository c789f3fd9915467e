package dev.juggler.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.cli.EndedProcess;
import dev.juggler.cli.JugglerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exit code and message for each way a run can end. */
class ExitCodesIT {
    @TempDir
    private Path folder;

    /** A command line, the code it ends with, and what stderr says. */
    private record Row(int exit, String said, String... arguments) {
        @Override
        public String toString() {
            return exit + ": " + String.join(" ", arguments);
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(0, "Computed 3 in ", "compute", "square", "1..3"),
                new Row(0, "Ran 3 in ", "exec", "1..3", "--", "true"),
                new Row(1, "3 failed", "exec", "1..3", "--", "false"),
                new Row(1, "1 timed out", "exec", "1", "--timeout", "200ms", "--", "sleep", "60"),
                new Row(1, "2 failed", "fetch", "http://", "http://127.0.0.1:1/"),
                new Row(1, "the value of 0.1s is not a number", "compute", "sleep", "0.1s", "--reduce", "sum"),
                new Row(1, "'htp' is not http or https", "fetch", "htp:/x"),
                new Row(1, "is not a whole number", "exec", "--shell", "x", "--", "echo $(({} % 2))"),
                new Row(2, "Unknown option: '--nosuch'", "exec", "--nosuch", "1", "--", "true"),
                new Row(2, "no program 'no-such-program'", "exec", "1", "--", "no-such-program"),
                new Row(3, "halted by policy", "exec", "1..500", "-n", "1", "--halt", "2", "--", "false"),
                new Row(5, "is a file: name a folder", "fetch", "-o", "a-file", "http://127.0.0.1:1/"),
                new Row(5, "its folder does not exist", "compute", "square", "1", "--journal", "no/journal"),
                new Row(124, "deadline: inputs are left", "compute", "sleep", "60s", "--deadline", "300ms"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void endsWithTheCodeOfItsEnding(Row row) throws Exception {
        Files.createFile(folder.resolve("a-file"));

        EndedProcess ended = JugglerProcess.in(folder).run(row.arguments());

        assertEquals(row.exit(), ended.exit(), ended.toString());
        assertTrue(ended.err().stream().anyMatch(line -> line.contains(row.said())), ended.toString());
        assertFalse(ended.err().toString().contains("\tat "), "no stack trace: " + ended);
        assertEquals(1, Files.list(folder).count(), "nothing is left half done");
    }

    @Test
    void aBadInputIsOneFailedTask() throws Exception {
        Files.write(folder.resolve("list"), List.of("# a comment", "1", "\u001b[31mred\u202e", "", "3"));

        EndedProcess ended = JugglerProcess.in(folder).run("compute", "square", "-k", "-i", "list");

        assertEquals(1, ended.exit());
        assertEquals(List.of("1", "9"), ended.out());
        assertTrue(ended.err().getFirst().contains("failed: \\u001b[31mred\\u202e: "), ended.toString());
        assertTrue(ended.err().getLast().startsWith("Computed 2 in "), ended.toString());
    }

    @Test
    void quietSaysNothingButErrorsOfTheRun() throws Exception {
        assertEquals(
                List.of(),
                JugglerProcess.in(folder)
                        .run("exec", "-q", "1..3", "--", "false")
                        .err());
        assertEquals(
                1,
                JugglerProcess.in(folder)
                        .run("exec", "-q", "-i", "nowhere", "--", "true")
                        .err()
                        .size());
    }

    @Test
    void aDryRunShowsAndDoesNothing() throws Exception {
        EndedProcess ended =
                JugglerProcess.in(folder).run("exec", "--dry-run", "1..2", "--journal", "j", "--", "touch", "a {}");

        assertEquals(0, ended.exit());
        assertEquals(List.of("touch 'a 1'", "touch 'a 2'"), ended.out());
        assertEquals(0, Files.list(folder).count());
    }
}
