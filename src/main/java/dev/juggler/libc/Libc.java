package dev.juggler.libc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Functions of the C library that the JDK does not offer.
 *
 * <p>All are called through one method handle with six words as arguments and one word as result. The foreign linker
 * makes and loads about ten classes for each distinct type, which costs a few milliseconds of startup. A single type is
 * valid where the first six integer arguments of a call are passed in registers and a callee reads only the width of
 * each argument's type: on x86-64 and AArch64. The result of an {@code int} function is undefined beyond 32 bits, hence
 * two ways to call.
 */
public enum Libc {
    CLOSE("close"),
    EPOLL_CREATE1("epoll_create1"),
    EPOLL_CTL("epoll_ctl"),
    EPOLL_WAIT("epoll_wait"),
    GETPGID("getpgid"),
    KILL("kill"),
    LINKAT("linkat"),
    LSEEK("lseek"),
    OPEN("open"),
    POSIX_SPAWNP("posix_spawnp"),
    POSIX_SPAWNATTR_INIT("posix_spawnattr_init"),
    POSIX_SPAWNATTR_SETFLAGS("posix_spawnattr_setflags"),
    POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP("posix_spawn_file_actions_addclosefrom_np"),
    POSIX_SPAWN_FILE_ACTIONS_ADDDUP2("posix_spawn_file_actions_adddup2"),
    POSIX_SPAWN_FILE_ACTIONS_ADDOPEN("posix_spawn_file_actions_addopen"),
    POSIX_SPAWN_FILE_ACTIONS_DESTROY("posix_spawn_file_actions_destroy"),
    POSIX_SPAWN_FILE_ACTIONS_INIT("posix_spawn_file_actions_init"),
    PREAD("pread"),
    RENAMEAT2("renameat2"),
    SIGNAL("signal"),
    STRERROR("strerror"),
    SYSCALL("syscall"),
    UNLINK("unlink"),
    WAITPID("waitpid");

    /** The errors that callers distinguish. The numbers are the same on all supported architectures of Linux. */
    public static final int EINTR = 4;

    public static final int ENOEXEC = 8;
    public static final int EEXIST = 17;
    public static final int EISDIR = 21;
    public static final int EOPNOTSUPP = 95;

    /** Replaces the descriptor of a folder: relative names are resolved in the working folder. */
    public static final long AT_FDCWD = -100;

    private static final int WORDS = 6;
    private static final int MAX_MESSAGE_BYTES = 256;

    private final Optional<MemorySegment> address;

    Libc(String name) {
        address = Native.LINKER.defaultLookup().find(name);
    }

    /** The failure of a call, with the C library's message. */
    public static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        private final int error;

        /** Makes a failure for a function that returns the error itself. */
        public Failure(int error) {
            super(message(error));
            this.error = error;
        }

        /** Returns the value of {@code errno}. */
        public int error() {
            return error;
        }
    }

    /** The linker, in its own class because an enum's constants are made before its other static fields. */
    @SuppressWarnings("restricted") // the C library's own functions
    private static final class Native {
        static final Linker LINKER = Linker.nativeLinker();
        static final MethodHandle CALL = LINKER.downcallHandle(
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.captureCallState("errno"));

        private Native() {}
    }

    /**
     * Returns whether this class works here: the system is Linux with the calling convention above, and its C library
     * has all the functions.
     */
    public static boolean isComplete() {
        return System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "aarch64").contains(System.getProperty("os.arch"))
                && Arrays.stream(values()).allMatch(function -> function.address.isPresent());
    }

    /** Returns the address of this process's environment, in the form that programs receive. */
    @SuppressWarnings("restricted") // char **environ
    public static long environment() {
        return Native.LINKER
                .defaultLookup()
                .findOrThrow("environ")
                .reinterpret(Long.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .getLong(0);
    }

    /**
     * Calls a function that returns {@code int}.
     *
     * @param arguments at most six numbers and addresses
     * @return its result, which is not -1
     * @throws Failure when it returned -1
     */
    public int call(long... arguments) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(JAVA_INT);
            int result = (int) invoke(errno, arguments);
            if (result == -1) {
                throw new Failure(errno.get(JAVA_INT, 0));
            }
            return result;
        }
    }

    /** Calls a function that returns {@code long} or an address. Otherwise like {@link #call}. */
    public long callLong(long... arguments) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(JAVA_INT);
            long result = invoke(errno, arguments);
            if (result == -1) {
                throw new Failure(errno.get(JAVA_INT, 0));
            }
            return result;
        }
    }

    private long invoke(MemorySegment errno, long[] arguments) {
        long[] words = Arrays.copyOf(arguments, WORDS);
        try {
            return (long) Native.CALL.invokeExact(
                    address.orElseThrow(), errno, words[0], words[1], words[2], words[3], words[4], words[5]);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call " + this, e);
        }
    }

    @SuppressWarnings("restricted") // strerror returns a string that ends with NUL
    private static String message(int error) {
        try {
            return MemorySegment.ofAddress(STRERROR.callLong(error))
                    .reinterpret(MAX_MESSAGE_BYTES)
                    .getString(0);
        } catch (IOException | IndexOutOfBoundsException e) {
            return "error " + error;
        }
    }
}
