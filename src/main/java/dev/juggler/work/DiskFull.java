package dev.juggler.work;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a full or read-only disk from other errors of a file system. The JDK reports them only by messages of
 * the C library, which are in the user's language, so this class reads the messages from the library. When it cannot,
 * it compares with the English ones.
 */
public final class DiskFull {
    private static final List<String> ENGLISH =
            List.of("No space left on device", "Disk quota exceeded", "Disc quota exceeded", "Read-only file system");

    /** ENOSPC and EROFS are the same on Linux and macOS; EDQUOT is not. */
    private static final int ENOSPC = 28;

    private static final int EROFS = 30;
    private static final int EDQUOT = System.getProperty("os.name").startsWith("Mac") ? 69 : 122;

    private static final int MAX_MESSAGE_BYTES = 1024;

    private DiskFull() {}

    /** Returns whether the message of a failed write reports a full or read-only disk; false for null. */
    public static boolean isReportedBy(@Nullable String reason) {
        return reason != null
                && (ENGLISH.stream().anyMatch(reason::contains)
                        || localizedMessages().anyMatch(reason::contains));
    }

    @SuppressWarnings("restricted") // char *strerror(int)
    static Stream<String> localizedMessages() {
        Linker linker = Linker.nativeLinker();
        return linker
                .defaultLookup()
                .find("strerror")
                .map(function -> linker.downcallHandle(
                        function, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT)))
                .stream()
                .flatMap(strerror -> IntStream.of(ENOSPC, EDQUOT, EROFS).mapToObj(error -> message(strerror, error)));
    }

    @SuppressWarnings("restricted") // strerror returns a string that ends with NUL
    private static String message(MethodHandle strerror, int error) {
        try {
            MemorySegment text = (MemorySegment) strerror.invokeExact(error);
            return text.reinterpret(MAX_MESSAGE_BYTES).getString(0);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call strerror", e);
        }
    }
}
