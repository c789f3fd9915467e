package dev.juggler.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.cli.EndedProcess;
import dev.juggler.cli.JugglerProcess;
import dev.juggler.cli.RunningProcess;
import dev.juggler.cli.run.ResumeCommand;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests output to a terminal, which {@code script} provides. */
class TerminalIT {
    private static final String ESCAPE = "\u001b";

    @TempDir
    private Path folder;

    @BeforeAll
    static void needScript() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "script"))),
                "no script (of util-linux) on the PATH");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only on Linux script takes -c");
    }

    @Test
    void ctrlCDrainsTheRunAndPrintsASummary() throws Exception {
        try (RunningProcess running = onTerminal(JugglerProcess.in(folder), "exec -n 2 1..400 -- sleep 0.1 >results")) {
            running.out().await("/400 ");
            running.in().write(3);
            running.in().flush();
            running.out().await("INT: finishing the tasks in flight");

            EndedProcess ended = running.await();

            assertEquals(130, ended.exit(), ended.toString());
            assertTrue(ended.out().toString().contains(" interrupted: inputs are left)"), ended.toString());
        }
    }

    @Test
    void theSummaryReplacesTheProgressBar() throws Exception {
        List<String> lines = drawn("xterm");
        assertEquals(1, lines.size(), lines.toString());
    }

    @Test
    void aDumbTerminalGetsNoProgressBar() throws Exception {
        String line = drawn("dumb").getFirst();
        assertTrue(line.startsWith("Computed 3 in "), line);
    }

    @Test
    void thereIsNoProgressBarIfResultsGoToTheTerminal() throws Exception {
        try (RunningProcess running = onTerminal(JugglerProcess.in(folder), "compute square -k 1..3")) {
            EndedProcess ended = running.await();

            assertEquals(0, ended.exit());
            List<String> lines = shown(ended);
            assertEquals(List.of("1", "4", "9"), lines.subList(0, 3), ended.toString());
            assertTrue(lines.get(3).startsWith(ESCAPE + "[32mComputed 3 in "), ended.toString());
        }
    }

    @Test
    void obeysNoColorUnlessColoursAreRequested() throws Exception {
        JugglerProcess without = JugglerProcess.in(folder).variable("NO_COLOR", "1");
        try (RunningProcess plain = onTerminal(without, "compute square 1");
                RunningProcess asked = onTerminal(without, "compute square 1 --color always")) {
            assertFalse(plain.await().out().toString().contains(ESCAPE));
            assertTrue(asked.await().out().toString().contains(ESCAPE + "[32m"));
        }
    }

    /** Lines of output without the empty ones that the terminal's line ends cause. */
    private static List<String> shown(EndedProcess ended) {
        return ended.out().stream().filter(line -> !line.isBlank()).toList();
    }

    /** The lines of a run with a progress bar on a terminal of this type; {@code @} stands for a carriage return. */
    private List<String> drawn(String terminal) throws Exception {
        JugglerProcess juggler = JugglerProcess.in(folder).variable("TERM", terminal);
        String line = "exec " + ResumeCommand.quoted(juggler.command()) + " compute square 1..3 >results";
        try (RunningProcess running =
                juggler.launch(List.of("bash", "-c", "script -qec \"$0\" /dev/null | tr '\\r' '@'", line))) {
            EndedProcess ended = running.await();
            assertTrue(ended.out().toString().contains("Computed 3 in "), ended.toString());
            return ended.out();
        }
    }

    private RunningProcess onTerminal(JugglerProcess juggler, String arguments) throws Exception {
        String line = "exec " + ResumeCommand.quoted(juggler.command()) + " " + arguments;
        return juggler.variable("TERM", "xterm").launch(List.of("script", "-qec", line, "/dev/null"));
    }
}
