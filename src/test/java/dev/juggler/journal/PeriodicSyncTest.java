package dev.juggler.journal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeriodicSyncTest {
    @TempDir
    Path folder;

    private FileChannel channel;

    @BeforeEach
    void open() throws IOException {
        channel = FileChannel.open(folder.resolve("rows"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static boolean hasFailed(PeriodicSync sync) {
        try {
            sync.check();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void forcesWhatWasWrittenByItselfAndReportsThatItFailed() throws Exception {
        PeriodicSync sync = new PeriodicSync(channel);
        assertDoesNotThrow(sync::check);
        channel.close();
        sync.markDirty();
        Waiting.until("the disk has failed", () -> hasFailed(sync));
        assertThrows(ClosedChannelException.class, sync::check);
        assertThrows(ClosedChannelException.class, sync::close);
    }

    @Test
    void closingForcesTheRestAndLeavesTheFileOpen() throws Exception {
        PeriodicSync sync = new PeriodicSync(channel);
        sync.markDirty();
        sync.close();
        assertDoesNotThrow(sync::check);
        assertTrue(channel.isOpen());
        channel.close();
    }

    @Test
    void closingReportsThatTheLastRowsWereNotForced() throws Exception {
        PeriodicSync sync = new PeriodicSync(channel);
        channel.close();
        assertThrows(ClosedChannelException.class, sync::close);
    }

    @Test
    void closingEndsItsThread() throws Exception {
        long before = threads();
        PeriodicSync sync = new PeriodicSync(channel);
        Waiting.until("its thread runs", () -> threads() > before);
        sync.close();
        Waiting.until("its thread has ended", () -> threads() <= before);
        channel.close();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("juggler-journal"))
                .count();
    }
}
