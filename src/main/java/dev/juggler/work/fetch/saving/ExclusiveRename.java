package dev.juggler.work.fetch.saving;

import dev.juggler.libc.Libc;
import dev.juggler.libc.NativeMemory;
import java.lang.foreign.Arena;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * Renames a file to a free name atomically: {@code renameat2(2)} with {@code RENAME_NOREPLACE}, which takes half as
 * long as creating a second link and removing the first.
 */
final class ExclusiveRename {
    private static final long NO_REPLACE = 1;
    private static final boolean SUPPORTED = Libc.isComplete();

    private ExclusiveRename() {}

    /**
     * Renames a file.
     *
     * @return whether the file was renamed; if not, nothing has changed, most often because the file system does not
     *     support it, and a fallback will report the reason
     * @throws FileAlreadyExistsException when a file or link has that name
     */
    static boolean rename(Path file, Path name) throws FileAlreadyExistsException {
        if (!SUPPORTED) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory memory = new NativeMemory(arena);
            long from = memory.string(file.toString());
            long to = memory.string(name.toString());
            Libc.RENAMEAT2.call(Libc.AT_FDCWD, from, Libc.AT_FDCWD, to, NO_REPLACE);
            return true;
        } catch (Libc.Failure e) {
            if (e.error() == Libc.EEXIST) {
                throw new FileAlreadyExistsException(name.toString());
            }
            return false;
        }
    }
}
