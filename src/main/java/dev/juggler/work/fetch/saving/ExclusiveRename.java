package dev.juggler.work.fetch.saving;

import dev.juggler.libc.Libc;
import dev.juggler.libc.NativeMemory;
import java.lang.foreign.Arena;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * Renames a file to a name that no other file has, in one step: {@code renameat2(2)} with {@code RENAME_NOREPLACE},
 * which takes half as long as a second link and the end of the first.
 */
final class ExclusiveRename {
    private static final long NO_REPLACE = 1;
    private static final boolean POSSIBLE = Libc.isComplete();

    private ExclusiveRename() {}

    /**
     * Renames a file.
     *
     * @return whether it has the name now; if not, nothing has changed, for a reason that another way will tell: most
     *     often the file system does not know how
     * @throws FileAlreadyExistsException when there is a file of that name, or a link
     */
    static boolean give(Path file, Path name) throws FileAlreadyExistsException {
        if (!POSSIBLE) {
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
