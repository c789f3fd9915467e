package dev.juggler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.function.Executable;

/** Measures the memory that a piece of code allocates on the calling thread, whether or not it is freed again. */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /**
     * Runs the code and fails if it allocates more than this number of bytes. If it does, the code runs once more,
     * because the first run may have loaded classes.
     */
    public static void assertAtMost(long limit, Executable code) throws Throwable {
        if (allocatedBy(code) > limit) {
            long allocated = allocatedBy(code);
            assertTrue(allocated <= limit, () -> "allocated " + allocated + " bytes, more than " + limit);
        }
    }

    private static long allocatedBy(Executable code) throws Throwable {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        code.execute();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
