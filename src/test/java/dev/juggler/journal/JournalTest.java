package dev.juggler.journal;

import static dev.juggler.journal.JournalFixture.JOB;
import static dev.juggler.journal.JournalFixture.failed;
import static dev.juggler.journal.JournalFixture.job;
import static dev.juggler.journal.JournalFixture.succeeded;
import static dev.juggler.journal.JournalFixture.taken;
import static dev.juggler.journal.JournalFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the content of journals, and which of them can be resumed. */
class JournalTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("journal.jsonl");
    }

    @Test
    void beginsWithTheJobAndHasARowPerAttempt() throws Exception {
        try (Journal journal = Journal.create(file, JOB)) {
            journal.append(List.of(failed("a"), succeeded("b")));
            journal.append(List.of());
            journal.append(List.of(succeeded("a")));
            assertEquals(4, Files.readAllLines(file).size(), "rows are in the file when append returns");
        }
        List<String> lines = Files.readAllLines(file);
        JsonNode header = new ObjectMapper().readTree(lines.getFirst());
        assertEquals(1, header.get("schema").intValue());
        assertEquals("one", header.get("job").textValue());
        assertEquals("exec", header.get("work").textValue());
        assertTrue(header.get("fingerprint").textValue().startsWith("sha256:"));
        assertTrue(lines.get(3).contains("\"key\":\"a\",\"attempt\":1,\"state\":\"succeeded\""), lines.get(3));
    }

    @Test
    void resumingCountsSuccesses() throws Exception {
        try (Journal journal = Journal.create(file, JOB)) {
            assertTrue(journal.completed().isEmpty());
            journal.append(List.of(failed("a"), succeeded("b"), succeeded("c"), succeeded("c"), failed("c")));
        }
        try (Journal journal = Journal.resume(file, JOB)) {
            assertTrue(journal.warning().isEmpty());
            assertEquals(3, journal.completed().initialSize());
            // Another order, a longer list, and one more c than before.
            assertEquals(List.of("c", "c", "b"), taken(journal.completed(), "new", "c", "c", "c", "a", "b", "newer"));
        }
    }

    @Test
    void resumingAppendsUnderAnotherRunAndModel() throws Exception {
        write(file, "a");
        Job second = job("two", "true");
        try (Journal journal = Journal.resume(file, second)) {
            journal.append(List.of(succeeded("b")));
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size());
        assertTrue(lines.get(2).contains("\"job\":\"two\""));
        try (Journal journal = Journal.resume(file, JOB)) {
            assertEquals(List.of("a", "b"), taken(journal.completed(), "a", "b"));
        }
    }

    @Test
    void resumingWithoutAFileCreatesOne() throws Exception {
        try (Journal journal = Journal.resume(file, JOB)) {
            assertTrue(journal.completed().isEmpty());
        }
        assertEquals(1, Files.readAllLines(file).size());
    }

    @Test
    void emptyFileIsUsedAndAnotherIsNotOverwritten() throws Exception {
        Files.createFile(file);
        write(file, "a");
        String before = Files.readString(file);
        JournalException rejection = assertThrows(JournalException.class, () -> Journal.create(file, JOB));
        assertEquals(
                "journal " + file + " already exists: add --resume to resume it, or name another file",
                rejection.getMessage());
        assertFalse(rejection.isOutput());
        assertEquals(before, Files.readString(file));
    }

    @Test
    void anotherJobsJournalIsRejected() throws Exception {
        write(file, "a");
        String before = Files.readString(file);
        JournalException rejection =
                assertThrows(JournalException.class, () -> Journal.resume(file, job("one", "false")));
        assertTrue(rejection.getMessage().contains("is of another job (exec"), rejection.getMessage());
        assertEquals(before, Files.readString(file));
    }

    @Test
    void resumingByIdIgnoresTheFingerprint() throws Exception {
        write(file, "a");
        try (Journal journal = Journal.resumeById(file, job("one", "moved/true"))) {
            assertEquals(List.of("a"), taken(journal.completed(), "a"));
        }
        JournalException rejection =
                assertThrows(JournalException.class, () -> Journal.resumeById(file, job("two", "true")));
        assertTrue(rejection.getMessage().contains("is of another job (exec"), rejection.getMessage());
    }

    @Test
    void secondWriterIsRejectedAndTheFirstContinues() throws Exception {
        try (Journal first = Journal.create(file, JOB)) {
            JournalException rejection = assertThrows(JournalException.class, () -> Journal.resume(file, JOB));
            assertTrue(rejection.getMessage().contains("in use"), rejection.getMessage());
            first.append(List.of(succeeded("a")));
        }
        try (Journal second = Journal.resume(file, JOB)) {
            assertEquals(1, second.completed().initialSize());
        }
    }

    @Test
    void missingFolderIsReported() throws Exception {
        JournalException missing =
                assertThrows(JournalException.class, () -> Journal.create(folder.resolve("no/journal"), JOB));
        assertEquals(
                "cannot write journal " + folder.resolve("no/journal") + ": its folder does not exist",
                missing.getMessage());
        assertTrue(missing.isOutput());
        assertTrue(assertThrows(JournalException.class, () -> Journal.resume(folder, JOB))
                .isOutput());
    }

    @Test
    void unwritableFolderIsReported() throws Exception {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
        assumeTrue(!Files.isWritable(locked), "the superuser may write everywhere");
        JournalException rejection =
                assertThrows(JournalException.class, () -> Journal.create(locked.resolve("j"), JOB));
        assertTrue(rejection.getMessage().endsWith("permission denied"), rejection.getMessage());
        assertTrue(rejection.isOutput());
    }

    @Test
    void fullDiskIsReported() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no device that is always full");
        JournalException rejection = assertThrows(JournalException.class, () -> Journal.resume(full, JOB));
        assertTrue(rejection.getMessage().contains("/dev/full"), rejection.getMessage());
    }

    @Test
    void closedJournalRejectsRows() throws Exception {
        Journal journal = Journal.create(file, JOB);
        journal.append(List.of(succeeded("a")));
        journal.close();
        IOException failure = assertThrows(IOException.class, () -> journal.append(List.of(succeeded("b"))));
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
        assertEquals(2, Files.readAllLines(file).size());
    }
}
