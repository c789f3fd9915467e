package dev.juggler.work.fetch.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.libc.Libc;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveRenameTest {
    @TempDir
    Path folder;

    @BeforeEach
    void isSupportedOnLinux() {
        assumeTrue(Libc.isComplete(), "this system's C library is not called");
    }

    @Test
    void renamesToAFreeName() throws Exception {
        Path file = Files.writeString(folder.resolve("a part"), "body");
        Path name = folder.resolve("a näme");
        assertTrue(ExclusiveRename.rename(file, name));
        assertFalse(Files.exists(file));
        assertEquals("body", Files.readString(name));
    }

    @Test
    void rejectsATakenName() throws Exception {
        Path file = Files.writeString(folder.resolve("part"), "body");
        Path name = Files.writeString(folder.resolve("name"), "other");
        assertThrows(FileAlreadyExistsException.class, () -> ExclusiveRename.rename(file, name));
        assertEquals("body", Files.readString(file));
        assertEquals("other", Files.readString(name));
    }

    @Test
    void rejectsTheNameOfADanglingLink() throws Exception {
        Path file = Files.writeString(folder.resolve("part"), "body");
        Path name = Files.createSymbolicLink(folder.resolve("name"), folder.resolve("nowhere"));
        assertThrows(FileAlreadyExistsException.class, () -> ExclusiveRename.rename(file, name));
        assertTrue(Files.isSymbolicLink(name));
    }

    @Test
    void leavesOtherFailuresToTheFallback() throws Exception {
        assertFalse(ExclusiveRename.rename(folder.resolve("not there"), folder.resolve("name")));
    }
}
