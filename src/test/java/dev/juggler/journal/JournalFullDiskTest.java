package dev.juggler.journal;

import static dev.juggler.journal.JournalFixture.JOB;
import static dev.juggler.journal.JournalFixture.succeeded;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a small disk in memory that fills up. Runs only where this process may mount one. */
class JournalFullDiskTest {
    private static final int SIZE = 64 * 1024;

    @TempDir
    private Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "none", disk.toString());
        assumeTrue(mounted, "only the superuser may mount a small disk, and not everywhere");
    }

    @AfterEach
    void unmount() throws Exception {
        assertTrue(!mounted || run("umount", disk.toString()));
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void appendedRowsAreKeptAndAnIncompleteRowIsReportedAndRemoved() throws Exception {
        Path file = disk.resolve("journal.jsonl");
        Path ballast = Files.write(disk.resolve("ballast"), new byte[SIZE / 2]);
        List<String> written = new ArrayList<>();
        Journal journal = Journal.create(file, JOB);
        IOException full = assertThrows(IOException.class, () -> {
            for (int i = 0; i < SIZE; i++) {
                journal.append(List.of(succeeded("key-" + i)));
                written.add("key-" + i);
            }
        });
        assertTrue(full.getMessage().contains("cannot write journal " + file), full.getMessage());
        // There is free space again. Writing the failed rows again would leave an incomplete row in the middle.
        Files.delete(ballast);
        journal.close();
        try (Journal resumed = Journal.resume(file, JOB)) {
            for (String key : written) {
                assertTrue(resumed.completed().take(key), key);
            }
            assertTrue(resumed.completed().isEmpty());
            resumed.append(List.of(succeeded("more")));
        }
        try (Journal again = Journal.resume(file, JOB)) {
            assertTrue(again.completed().take("more"));
        }
    }
}
