package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.job.Job;
import dev.juggler.job.Task;
import dev.juggler.journal.CompletedTasks;
import dev.juggler.journal.Journal;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumedSourceTest {
    @TempDir
    private Path folder;

    @Test
    void skipsNothingWithoutAJournal() throws Exception {
        try (ResumedSource source = new ResumedSource(numbers("1..5"), new CompletedTasks())) {
            assertEquals(OptionalLong.of(5), source.size());
            assertEquals(List.of("1", "2", "3", "4", "5"), keys(source, 2));
            assertEquals(0, source.skipped());
        }
    }

    @Test
    void leavesOutCompletedInputsEvenWholePages() throws Exception {
        try (ResumedSource source = new ResumedSource(numbers("0..99", "7", "200"), completed(0, 90))) {
            assertEquals(OptionalLong.of(12), source.size());
            assertEquals(
                    Stream.concat(
                                    Stream.of("90", "91", "92", "93", "94", "95", "96", "97", "98", "99"),
                                    Stream.of("7", "200"))
                            .toList(),
                    keys(source, 10));
            assertEquals(90, source.skipped());
        }
    }

    @Test
    void keepsTheIndexesOfTheList() throws Exception {
        try (ResumedSource source = new ResumedSource(numbers("0..9"), completed(0, 8))) {
            assertEquals(
                    List.of(8L, 9L), source.next(100).stream().map(Task::index).toList());
        }
    }

    @Test
    void aListShorterThanTheJournalHasSizeZero() throws Exception {
        try (ResumedSource source = new ResumedSource(numbers("0..4"), completed(0, 50))) {
            assertEquals(OptionalLong.of(0), source.size());
            assertEquals(List.of(), keys(source, 3));
            assertEquals(5, source.skipped());
        }
    }

    private static Source numbers(String... ranges) {
        return Sources.arguments(List.of(ranges), ExpansionMode.RANGES);
    }

    /** Reads these as completed from a journal. */
    private CompletedTasks completed(long from, long to) throws Exception {
        Path file = folder.resolve("journal");
        Job job = SampleTasks.job(false, "compute");
        try (Journal journal = Journal.create(file, job)) {
            for (long index = from; index < to; index++) {
                journal.append(List.of(SampleTasks.success(index)));
            }
        }
        try (Journal journal = Journal.resume(file, job)) {
            return journal.completed();
        }
    }

    private static List<String> keys(ResumedSource source, int page) throws Exception {
        List<String> keys = new ArrayList<>();
        List<Task> tasks = source.next(page);
        while (!tasks.isEmpty()) {
            tasks.forEach(task -> keys.add(task.key()));
            tasks = source.next(page);
        }
        return keys;
    }
}
