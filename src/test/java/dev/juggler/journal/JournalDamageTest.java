package dev.juggler.journal;

import static dev.juggler.journal.JournalFixture.JOB;
import static dev.juggler.journal.JournalFixture.succeeded;
import static dev.juggler.journal.JournalFixture.taken;
import static dev.juggler.journal.JournalFixture.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals that a crash, a disk or a user has damaged. */
class JournalDamageTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("journal.jsonl");
    }

    @Test
    void incompleteLastRowIsRemovedReportedAndRepeated() throws Exception {
        write(file, "a", "b");
        byte[] whole = Files.readAllBytes(file);
        int start = lastRow(whole);
        for (int length = start + 1; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (Journal journal = Journal.resume(file, JOB)) {
                assertEquals(List.of("a"), taken(journal.completed(), "a", "b"), "truncated at " + length);
                assertEquals(
                        "journal " + file + ": removed an incomplete last row of " + (length - start) + " bytes",
                        journal.warning().orElseThrow());
                assertEquals(start, Files.size(file));
            }
        }
        try (Journal journal = Journal.resume(file, JOB)) {
            journal.append(List.of(succeeded("b")));
        }
        assertArrayEquals(whole, Files.readAllBytes(file));
    }

    private static int lastRow(byte[] whole) {
        int at = whole.length - 1;
        while (whole[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    @Test
    void incompleteHeaderIsRewritten() throws Exception {
        write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (Journal journal = Journal.resume(file, JOB)) {
                assertEquals(length > 0, journal.warning().isPresent());
            }
            assertArrayEquals(whole, Files.readAllBytes(file), "truncated at " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my only notes, without an end",
                "notes\nof two lines\n",
                "{\"a\":1}\n",
                "[]\n",
                "\n",
                "{\"schema\":1}\n",
                "\u0000\u0000\u0000"
            })
    void otherFileIsRejectedAndNotChanged(String content) throws Exception {
        Files.writeString(file, content);
        JournalException rejection = assertThrows(JournalException.class, () -> Journal.resume(file, JOB));
        assertEquals(file + " is not a journal: its first line does not name a job", rejection.getMessage());
        assertEquals(content, Files.readString(file));
    }

    @Test
    void aLargeFileWithoutLinesIsNotReadToItsEnd() throws Exception {
        Files.write(file, new byte[10_000_000]);
        JournalException rejection = assertThrows(JournalException.class, () -> Journal.resume(file, JOB));
        assertTrue(rejection.getMessage().contains("is not a journal"), rejection.getMessage());
        assertEquals(10_000_000, Files.size(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rubbish",
                "{}",
                "[]",
                "{\"key\":\"b\"}",
                "{\"state\":\"succeeded\"}",
                "{\"key\":\"b\",\"state\":\"done\"}",
                "{\"key\":{\"state\":\"succeeded\"},\"state\":\"succeeded\"}",
                "{\"key\":\"b\",\"state\":\"succeeded\"",
                "{\"key\":\"b\",\"state\":\"succeeded\"}{\"key\":\"c\",\"state\":\"succeeded\"}",
                "{\"key\":\"b\",\"state\":\"succeeded\"} x"
            })
    void damagedRowIsRejectedWithItsLine(String row) throws Exception {
        write(file, "a", "b", "c");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(2, row);
        Files.write(file, lines);
        byte[] before = Files.readAllBytes(file);
        JournalException rejection = assertThrows(JournalException.class, () -> Journal.resume(file, JOB));
        assertEquals(
                "journal " + file + " is damaged at line 3: restore it from a copy, or begin another",
                rejection.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void everyLostByteIsHarmlessOrRejected() throws Exception {
        write(file, "key-a", "key-b", "key-c");
        byte[] whole = Files.readAllBytes(file);
        int header = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int at = header; at < lastRow(whole); at++) {
            byte[] changed = whole.clone();
            changed[at] = 0;
            Files.write(file, changed);
            try (Journal journal = Journal.resume(file, JOB)) {
                assertTrue(journal.completed().initialSize() <= 3);
                assertTrue(taken(journal.completed(), "key-c").contains("key-c"));
            } catch (JournalException rejection) {
                assertTrue(rejection.getMessage().contains("is damaged at line "), rejection.getMessage());
            }
        }
    }

    @Test
    void aNewerVersionsJournalIsRejected() throws Exception {
        write(file, "a");
        Files.writeString(file, Files.readString(file).replaceFirst("\"schema\":1", "\"schema\":2"));
        JournalException rejection = assertThrows(JournalException.class, () -> Journal.resume(file, JOB));
        assertTrue(rejection.getMessage().contains("newer version: schema 2"), rejection.getMessage());
    }
}
