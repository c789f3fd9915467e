package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests runs that are killed repeatedly and resumed. Their effects are observed from outside: the programs' ledger, the
 * server's requests, the files. A task may run twice only if the kill came between its end and its journal row.
 */
class KilledIT {
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads", "virtual"})
    void runsNoJournalledProgramAgainAndLosesNone(String model) throws Exception {
        List<String> inputs = numbers(120);
        String[] command = {
            "exec",
            "-m",
            model,
            "-n",
            "4",
            "1..120",
            "--journal",
            "j",
            "--resume",
            "--shell",
            "--",
            "sleep 0.01; echo {} >>ledger"
        };

        killAndResume(command, this::ledger);

        assertEquals(Set.copyOf(inputs), Set.copyOf(ledger()), "none is lost");
        assertJournalled(inputs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads"})
    void completesDownloadsWithoutFetchingAgain(String model) throws Exception {
        try (TestSite site = TestSite.start()) {
            String pattern = site.origin() + "/file/{1..150}";
            List<String> urls =
                    numbers(150).stream().map(n -> site.origin() + "/file/" + n).toList();
            String[] command = {"fetch", "-m", model, "-n", "4", "-o", "out", pattern, "--journal", "j", "--resume"};

            killAndResume(
                    command,
                    () -> site.asked().stream()
                            .map(asked -> site.origin() + asked.substring("GET ".length()))
                            .toList());

            assertJournalled(urls);
            assertEquals(Set.copyOf(numbers(150)), visibleFiles());
            for (String name : visibleFiles()) {
                byte[] bytes = Files.readAllBytes(folder.resolve("out").resolve(name));
                assertArrayEquals(TestSite.file(Integer.parseInt(name)), bytes, name);
            }
        }
    }

    @Test
    void neitherLosesNorRepeatsResultsOfCalls() throws Exception {
        String[] command = {"compute", "count-primes", "1..30000", "--journal", "j", "--resume", "--json"};

        EndedProcess last = killAndResume(command, List::of);

        assertEquals(30_000, last.count("submitted"));
        assertEquals(30_000, last.count("succeeded") + last.count("skipped"));
        List<String> done = JournalRows.succeeded(folder.resolve("j"));
        assertEquals(30_000, done.size(), "one success each, because a result goes only into its row");
        assertEquals(Set.copyOf(numbers(30_000)), Set.copyOf(done));
    }

    @Test
    void rejectsASecondRunOnAJournalInUse() throws Exception {
        String[] command = {"compute", "sleep", "60s", "--journal", "j", "--resume"};
        try (RunningProcess first = JugglerProcess.in(folder).start(command)) {
            Path journal = folder.resolve("j");
            Waiting.until(() -> first.ended() || Files.exists(journal) && Files.size(journal) > 0);

            EndedProcess second = JugglerProcess.in(folder).run(command);

            assertEquals(2, second.exit(), second.toString());
            assertEquals(List.of("juggler: journal j is in use by another run"), second.err());
        }
    }

    @Test
    void rejectsDamagedAndForeignJournalsAndCutsOffATornEnd() throws Exception {
        String[] command = {"compute", "square", "1..3", "--journal", "j", "--resume"};
        Path journal = folder.resolve("j");
        assertEquals(0, JugglerProcess.in(folder).run(command).exit());
        String sound = Files.readString(journal);

        Files.writeString(journal, sound + "{\"schema\":1,\"key\":\"1\",\"sta");
        EndedProcess torn = JugglerProcess.in(folder).run(command);
        assertEquals(0, torn.exit());
        assertEquals(
                "juggler: journal j: removed an incomplete last row of 26 bytes",
                torn.err().getFirst());
        assertEquals(sound, Files.readString(journal));

        String damaged = sound.replaceFirst("\"state\":\"succeeded\"", "\"state\":\"succ");
        Files.writeString(journal, damaged);
        assertRejected("journal j is damaged at line 2: ", command);
        Files.writeString(journal, sound);
        assertRejected("journal j is of another job", "compute", "sum-squares", "1..3", "--journal", "j", "--resume");
        assertRejected("journal j already exists: add --resume", "compute", "square", "1..3", "--journal", "j");
    }

    private void assertRejected(String message, String... command) throws Exception {
        String before = Files.readString(folder.resolve("j"));
        EndedProcess ended = JugglerProcess.in(folder).run(command);
        assertEquals(2, ended.exit());
        assertEquals(1, ended.err().size(), ended.toString());
        assertTrue(ended.err().getFirst().startsWith("juggler: " + message), ended.toString());
        assertEquals(before, Files.readString(folder.resolve("j")), "the journal is unchanged");
    }

    /** Kills runs once their journal has grown by some rows, lets the last one end, and checks each resumed run. */
    private EndedProcess killAndResume(String[] command, Callable<List<String>> doneOutside) throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            int rows = JournalRows.succeeded(folder.resolve("j")).size();
            int newRows = kill * 7;
            resume(command, doneOutside, running -> {
                Waiting.until(() -> running.ended()
                        || JournalRows.succeeded(folder.resolve("j")).size() >= rows + newRows);
                running.kill();
                return null;
            });
        }
        EndedProcess last = resume(command, doneOutside, running -> {
            running.in().close();
            return running.await();
        });
        assertEquals(0, last.exit(), last.toString());
        return last;
    }

    private interface Ending {
        EndedProcess of(RunningProcess running) throws Exception;
    }

    /** Runs the command and checks that it repeats no task that already has a journal row. */
    private EndedProcess resume(String[] command, Callable<List<String>> doneOutside, Ending ending) throws Exception {
        Set<String> journalled = Set.copyOf(JournalRows.succeeded(folder.resolve("j")));
        int before = doneOutside.call().size();
        try (RunningProcess running = JugglerProcess.in(folder).start(command)) {
            EndedProcess ended = ending.of(running);
            List<String> all = doneOutside.call();
            Set<String> again = new HashSet<>(all.subList(Math.min(before, all.size()), all.size()));
            again.retainAll(journalled);
            assertEquals(Set.of(), again, "repeated although journalled");
            return ended;
        }
    }

    private void assertJournalled(List<String> keys) throws IOException {
        List<String> done = new ArrayList<>(JournalRows.succeeded(folder.resolve("j")));
        assertEquals(Set.copyOf(keys), Set.copyOf(done));
        assertEquals(keys.size(), done.size(), "one success each");
    }

    private List<String> ledger() throws IOException {
        Path ledger = folder.resolve("ledger");
        return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
    }

    /** The names of files that are not hidden; a killed run leaves hidden temporary files behind. */
    private Set<String> visibleFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return Set.copyOf(files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList());
        }
    }

    private static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }
}
