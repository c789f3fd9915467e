package dev.juggler.work;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells a place that takes nothing more from other faults of a file system. The JDK tells it by the C library's words
 * alone, which are those of the user's language, so the library is asked for them; where it cannot be, the English ones
 * have to do.
 */
public final class DiskFull {
    private static final List<String> ENGLISH =
            List.of("No space left on device", "Disk quota exceeded", "Disc quota exceeded", "Read-only file system");

    /** ENOSPC and EROFS are the same on Linux and macOS; EDQUOT is not. */
    private static final int ENOSPC = 28;

    private static final int EROFS = 30;
    private static final int EDQUOT = System.getProperty("os.name").startsWith("Mac") ? 69 : 122;

    private static final int LONGEST = 1024;

    private DiskFull() {}

    /** Returns whether this reason of a failed write says so; null says nothing. */
    public static boolean isToldBy(String reason) {
        return reason != null
                && (ENGLISH.stream().anyMatch(reason::contains)
                        || ofThisLanguage().anyMatch(reason::contains));
    }

    @SuppressWarnings("restricted") // char *strerror(int)
    static Stream<String> ofThisLanguage() {
        Linker linker = Linker.nativeLinker();
        return linker
                .defaultLookup()
                .find("strerror")
                .map(function -> linker.downcallHandle(
                        function, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT)))
                .stream()
                .flatMap(strerror -> IntStream.of(ENOSPC, EDQUOT, EROFS).mapToObj(error -> words(strerror, error)));
    }

    @SuppressWarnings("restricted") // it returns a string that ends in a NUL
    private static String words(MethodHandle strerror, int error) {
        try {
            MemorySegment text = (MemorySegment) strerror.invokeExact(error);
            return text.reinterpret(LONGEST).getString(0);
        } catch (Throwable e) {
            throw new IllegalStateException("strerror cannot be called", e);
        }
    }
}
