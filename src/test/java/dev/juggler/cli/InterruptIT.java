package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests signals, deadlines and timeouts, and that they end the programs of tasks with all child processes. */
class InterruptIT {
    /** A program that runs until a file exists, so that tests decide when it ends; its child shows who gets signals. */
    private static final String PROGRAM = """
        #!/bin/bash
        sleep 300 & grandchild=$!
        echo "$$ $grandchild" >>pids
        echo "began $1" >>ledger
        while [[ ! -e go ]]; do sleep 0.05; done
        kill $grandchild
        echo "ended $1" >>ledger
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "INT,async,130",
        "INT,threads,130",
        "INT,virtual,130",
        "INT,sequential,130",
        "TERM,threads,143",
        "HUP,threads,129"
    })
    void theFirstSignalDrainsTheRunAndSaysHowToResume(String signal, String model, int exit) throws Exception {
        List<String> command = List.of("exec", "-m", model, "1..40", "--journal", "j", "--", "./program", "{}");
        try (RunningProcess running = startProgram(command)) {
            running.signal(signal);
            running.err().await(signal + ": finishing");
            Files.createFile(folder.resolve("go"));

            EndedProcess ended = running.await();

            assertEquals(exit, ended.exit(), ended.toString());
            List<String> ledger = Files.readAllLines(folder.resolve("ledger"));
            List<String> done = withPrefix(ledger, "ended ");
            assertEquals(sorted(withPrefix(ledger, "began ")), sorted(done), "all started programs ended");
            assertEquals(sorted(done), sorted(JournalRows.succeeded(folder.resolve("j"))));
            assertEquals(
                    "juggler: resume with: ./run.sh " + String.join(" ", command.subList(0, 6))
                            + " --resume -- ./program '{}'",
                    ended.err().getLast());
            awaitDeath();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads", "virtual", "sequential"})
    void theSecondSignalEndsProgramsAndTheirChildren(String model) throws Exception {
        try (RunningProcess running =
                startProgram(List.of("exec", "-m", model, "1..40", "--json", "--", "./program", "{}"))) {
            running.signal("INT");
            running.err().await("INT: finishing");
            running.signal("INT");

            EndedProcess ended = running.await();

            assertEquals(130, ended.exit(), ended.toString());
            assertEquals("interrupted", ended.report().get("ending").asText());
            assertEquals(ended.count("submitted"), ended.count("cancelled"));
            awaitDeath();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads", "virtual", "sequential"})
    void theThirdSignalKillsProgramsThatIgnoreTheOthers(String model) throws Exception {
        try (RunningProcess running = startProgram(List.of(
                "exec", "-m", model, "1..40", "--", "bash", "-c", "trap ': >asked' TERM; . ./program", "sh", "{}"))) {
            running.signal("INT");
            running.err().await("INT: finishing");
            running.signal("INT");
            Waiting.until("TERM reached the program", () -> Files.exists(folder.resolve("asked")));
            running.signal("INT");

            assertEquals(130, running.await().exit());
            awaitDeath();
        }
    }

    @Test
    void aSignalEndsARunThatWaitsForInput() throws Exception {
        try (RunningProcess running = JugglerProcess.in(folder).start("compute", "square", "-i", "-")) {
            running.in().write("3\n".getBytes(StandardCharsets.UTF_8));
            running.in().flush();
            running.out().await("9");
            running.signal("INT");

            assertEquals(130, running.await().exit());
        }
    }

    @Test
    void aDeadlineEndsARunThatWaitsForInputOrItsRateLimit() throws Exception {
        String[] waiting = {"compute", "square", "-i", "-", "--deadline", "300ms"};
        try (RunningProcess running = JugglerProcess.in(folder).start(waiting)) {
            running.in().write("3\n".getBytes(StandardCharsets.UTF_8));
            running.in().flush();
            assertEquals(124, running.await().exit());
        }
        String[] limited = {"compute", "square", "1..3", "--rate", "1/h", "--deadline", "300ms", "--json"};
        EndedProcess ended = JugglerProcess.in(folder).run(limited);
        assertEquals(124, ended.exit(), ended.toString());
        assertEquals(ended.count("submitted"), ended.count("succeeded") + ended.count("cancelled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads", "virtual"})
    void aDeadlineEndsProgramsAndTheirChildren(String model) throws Exception {
        EndedProcess ended;
        try (RunningProcess running = startProgram(
                List.of("exec", "-m", model, "1..40", "--deadline", "1s", "--json", "--", "./program", "{}"))) {
            ended = running.await();
        }
        assertEquals(124, ended.exit(), ended.toString());
        assertEquals(ended.count("submitted"), ended.count("cancelled"));
        awaitDeath();
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads", "virtual"})
    void aTimeoutEndsProgramsAndTheirChildren(String model) throws Exception {
        EndedProcess ended;
        try (RunningProcess running = startProgram(
                List.of("exec", "-m", model, "1..2", "--timeout", "500ms", "--json", "--", "./program", "{}"))) {
            ended = running.await();
        }
        assertEquals(1, ended.exit(), ended.toString());
        assertEquals(2, ended.count("timedOut"));
        awaitDeath();
    }

    /** Starts Juggler and waits until the first program runs. */
    private RunningProcess startProgram(List<String> command) throws Exception {
        Path program = Files.writeString(folder.resolve("program"), PROGRAM);
        assertTrue(program.toFile().setExecutable(true));
        RunningProcess running = JugglerProcess.in(folder).start(command.toArray(String[]::new));
        while (!Files.exists(folder.resolve("ledger"))) {
            if (running.ended()) {
                throw new AssertionError(running.await().toString());
            }
            Thread.onSpinWait();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return running;
    }

    /** Waits until every program and its child has ended; zombies count as ended. */
    private void awaitDeath() throws Exception {
        for (String line : Files.readAllLines(folder.resolve("pids"))) {
            for (String pid : line.split(" ")) {
                ProcessHandle.of(Long.parseLong(pid))
                        .filter(handle -> !isZombie(pid))
                        .map(ProcessHandle::onExit)
                        .orElseGet(() -> CompletableFuture.completedFuture(null))
                        .get(20, TimeUnit.SECONDS);
            }
        }
        assertFalse(Files.readAllLines(folder.resolve("pids")).isEmpty());
    }

    private static boolean isZombie(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> withPrefix(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static List<String> sorted(List<String> all) {
        return all.stream().sorted().toList();
    }
}
