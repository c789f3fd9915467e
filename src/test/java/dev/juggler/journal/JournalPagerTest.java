package dev.juggler.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.journal.JournalPager.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalPagerTest {
    private static final int LONG = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void pagesFollowEachOtherWithoutTheHeader() throws Exception {
        Path journal = journal("header\na\nb\nc\n");
        Page first = JournalPager.read(journal, 0, 2, LONG);
        assertEquals(List.of("a", "b"), first.rows());
        assertFalse(first.last());
        Page second = JournalPager.read(journal, first.next(), 2, LONG);
        assertEquals(List.of("c"), second.rows());
        assertTrue(second.last());
        assertEquals(new Page(List.of(), second.next(), true), JournalPager.read(journal, second.next(), 2, LONG));
    }

    @Test
    void incompleteRowIsNotReturned() throws Exception {
        Path journal = journal("header\na\nhalf");
        Page page = JournalPager.read(journal, 0, 9, LONG);
        assertEquals(List.of("a"), page.rows());
        Files.writeString(journal, "header\na\nhalf a row\n");
        assertEquals(
                List.of("half a row"),
                JournalPager.read(journal, page.next(), 9, LONG).rows());
    }

    @Test
    void pageIsLimitedInBytesButHasAtLeastOneRow() throws Exception {
        Path journal = journal("header\naaaaaaaaaa\nbb\nbb\n");
        Page first = JournalPager.read(journal, 0, 9, 4);
        assertEquals(List.of("aaaaaaaaaa"), first.rows());
        assertFalse(first.last());
        assertEquals(
                List.of("bb", "bb"),
                JournalPager.read(journal, first.next(), 9, 4).rows());
    }

    @Test
    void missingJournalIsEmpty() throws Exception {
        assertEquals(new Page(List.of(), 0, true), JournalPager.read(folder.resolve("none"), 0, 9, LONG));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, 8, 12, Long.MAX_VALUE})
    void invalidPositionIsRejected(long position) throws Exception {
        Path journal = journal("header\na\nb\n");
        assertThrows(IllegalArgumentException.class, () -> JournalPager.read(journal, position, 9, LONG));
    }

    private Path journal(String content) throws Exception {
        return Files.writeString(folder.resolve("journal"), content);
    }
}
