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
 * Runs that are killed again and again, each time a little further on, and then go on. What they did is read from the
 * outside: a ledger of the programs, the server's memory, the files. A task may be done twice only when the kill came
 * between its end and its row in the journal.
 */
class KilledIT {
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads", "virtual"})
    void noProgramWithAJournalledSuccessRunsAgainAndNoneIsLost(String model) throws Exception {
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

        killAndGoOn(command, this::ledger);

        assertEquals(Set.copyOf(inputs), Set.copyOf(ledger()), "none is lost");
        assertJournalled(inputs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads"})
    void downloadsAreCompleteAndNoneIsFetchedAgain(String model) throws Exception {
        try (TestSite site = TestSite.start()) {
            String pattern = site.origin() + "/file/{1..150}";
            List<String> urls =
                    numbers(150).stream().map(n -> site.origin() + "/file/" + n).toList();
            String[] command = {"fetch", "-m", model, "-n", "4", "-o", "out", pattern, "--journal", "j", "--resume"};

            killAndGoOn(
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
    void noResultOfACallIsLostOrComputedTwice() throws Exception {
        String[] command = {"compute", "count-primes", "1..30000", "--journal", "j", "--resume", "--json"};

        EndedProcess last = killAndGoOn(command, List::of);

        assertEquals(30_000, last.count("submitted"));
        assertEquals(30_000, last.count("succeeded") + last.count("skipped"));
        List<String> done = JournalRows.succeeded(folder.resolve("j"));
        assertEquals(30_000, done.size(), "one success each: a row is the only place where results go");
        assertEquals(Set.copyOf(numbers(30_000)), Set.copyOf(done));
    }

    @Test
    void twoRunsOnOneJournalAreRefused() throws Exception {
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
    void aJournalThatIsDamagedOrOfAnotherJobIsRefusedAndATornEndIsCutOff() throws Exception {
        String[] command = {"compute", "square", "1..3", "--journal", "j", "--resume"};
        Path journal = folder.resolve("j");
        assertEquals(0, JugglerProcess.in(folder).run(command).exit());
        String sound = Files.readString(journal);

        Files.writeString(journal, sound + "{\"schema\":1,\"key\":\"1\",\"sta");
        EndedProcess torn = JugglerProcess.in(folder).run(command);
        assertEquals(0, torn.exit());
        assertEquals(
                "juggler: journal j: cut off a torn last row of 26 bytes",
                torn.err().getFirst());
        assertEquals(sound, Files.readString(journal));

        String damaged = sound.replaceFirst("\"state\":\"succeeded\"", "\"state\":\"succ");
        Files.writeString(journal, damaged);
        assertRefused("journal j is damaged at line 2: ", command);
        Files.writeString(journal, sound);
        assertRefused("journal j is of another job", "compute", "sum-squares", "1..3", "--journal", "j", "--resume");
        assertRefused("journal j exists already: add --resume", "compute", "square", "1..3", "--journal", "j");
    }

    private void assertRefused(String why, String... command) throws Exception {
        String before = Files.readString(folder.resolve("j"));
        EndedProcess ended = JugglerProcess.in(folder).run(command);
        assertEquals(2, ended.exit());
        assertEquals(1, ended.err().size(), ended.toString());
        assertTrue(ended.err().getFirst().startsWith("juggler: " + why), ended.toString());
        assertEquals(before, Files.readString(folder.resolve("j")), "left as it was");
    }

    /** Kills runs when their journal has grown by some rows, lets the last one end, and checks each that goes on. */
    private EndedProcess killAndGoOn(String[] command, Callable<List<String>> doneOutside) throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            int rows = JournalRows.succeeded(folder.resolve("j")).size();
            int soMany = kill * 7;
            runOn(command, doneOutside, running -> {
                Waiting.until(() -> running.ended()
                        || JournalRows.succeeded(folder.resolve("j")).size() >= rows + soMany);
                running.kill();
                return null;
            });
        }
        EndedProcess last = runOn(command, doneOutside, running -> {
            running.in().close();
            return running.await();
        });
        assertEquals(0, last.exit(), last.toString());
        return last;
    }

    private interface Ending {
        EndedProcess of(RunningProcess running) throws Exception;
    }

    /** What has a row before the run must not be done in it. */
    private EndedProcess runOn(String[] command, Callable<List<String>> doneOutside, Ending ending) throws Exception {
        Set<String> journalled = Set.copyOf(JournalRows.succeeded(folder.resolve("j")));
        int before = doneOutside.call().size();
        try (RunningProcess running = JugglerProcess.in(folder).start(command)) {
            EndedProcess ended = ending.of(running);
            List<String> all = doneOutside.call();
            Set<String> again = new HashSet<>(all.subList(Math.min(before, all.size()), all.size()));
            again.retainAll(journalled);
            assertEquals(Set.of(), again, "done again though journalled");
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

    /** A run that is killed leaves hidden temporary files behind, never one under a final name. */
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
