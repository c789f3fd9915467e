package dev.juggler.work.exec;

import dev.juggler.job.Value.Output;
import dev.juggler.libc.Libc;
import dev.juggler.libc.NativeMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A file without a name for one output stream of one program. The system frees it when the last process that has it
 * open ends, so that not even {@code kill -9} leaves a file. It gets a name when it is too long for memory.
 */
final class UnnamedOutputFile implements ProgramOutputFile {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final int READ_WRITE = 2;
    private static final int CREATE = 0x40;
    private static final int EXCLUSIVE = 0x80;
    /** Appending, so that a program that truncates its output by name leaves no hole of NULs. */
    private static final int APPEND = 0x400;

    private static final int CLOEXEC = 0x80000;
    private static final int TMPFILE = 0x400000 | (ARM ? 0x4000 : 0x10000);
    private static final int COMMON = READ_WRITE | APPEND | CLOEXEC;
    private static final int OWNER_ONLY = 0600;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int SEEK_END = 2;

    private final ProgramOutputFolder folder;
    private final String name;
    private final int descriptor;

    UnnamedOutputFile(ProgramOutputFolder folder, String name, int descriptor) {
        this.folder = folder;
        this.name = name;
        this.descriptor = descriptor;
    }

    /**
     * Creates a file.
     *
     * @param name its name in the folder when it needs one
     * @throws FileSystemException when it cannot be created
     */
    static UnnamedOutputFile open(ProgramOutputFolder folder, String name) throws FileSystemException {
        try {
            return new UnnamedOutputFile(folder, name, open(folder.parent()));
        } catch (Libc.Failure e) {
            throw new FileSystemException(folder.parent().toString(), null, e.getMessage());
        }
    }

    private static int open(Path parent) throws Libc.Failure {
        try (Arena arena = Arena.ofConfined()) {
            return Libc.OPEN.call(new NativeMemory(arena).string(parent.toString()), TMPFILE | COMMON, OWNER_ONLY);
        } catch (Libc.Failure e) {
            // File systems without support for unnamed files report these errors.
            if (e.error() == Libc.EOPNOTSUPP || e.error() == Libc.EISDIR) {
                return openAndUnlink(parent);
            }
            throw e;
        }
    }

    /** Opens a file and removes its name at once. */
    static int openAndUnlink(Path parent) throws Libc.Failure {
        try (Arena arena = Arena.ofConfined()) {
            String path = parent.resolve("juggler-" + UUID.randomUUID()).toString();
            long name = new NativeMemory(arena).string(path);
            int descriptor = Libc.OPEN.call(name, CREATE | EXCLUSIVE | COMMON, OWNER_ONLY);
            Libc.UNLINK.call(name);
            return descriptor;
        }
    }

    int descriptor() {
        return descriptor;
    }

    @Override
    public Output collect() throws IOException {
        long length = length();
        if (length == 0) {
            return Output.EMPTY;
        }
        byte[] bytes = read((int) Math.min(length, folder.memoryLimit()));
        return length > bytes.length
                ? new Output(bytes, length(), keep().toString())
                : new Output(bytes, bytes.length, null);
    }

    private long length() throws Libc.Failure {
        return Libc.LSEEK.callLong(descriptor, 0, SEEK_END);
    }

    private byte[] read(int limit) throws Libc.Failure {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory.Block block = new NativeMemory(arena).block(limit);
            int read = (int) Libc.PREAD.callLong(descriptor, block.address(), limit, 0);
            byte[] bytes = new byte[read];
            block.bytes().get(bytes);
            return bytes;
        }
    }

    private Path keep() throws IOException {
        Path path = folder.keep(name);
        String own = "/proc/self/fd/" + descriptor;
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory memory = new NativeMemory(arena);
            Libc.LINKAT.call(
                    Libc.AT_FDCWD,
                    memory.string(own),
                    Libc.AT_FDCWD,
                    memory.string(path.toString()),
                    AT_SYMLINK_FOLLOW);
        } catch (Libc.Failure e) {
            // A file whose name was removed cannot get another.
            Files.copy(Path.of(own), path);
        }
        return path;
    }

    @Override
    public void close() throws IOException {
        Libc.CLOSE.call(descriptor);
    }
}
