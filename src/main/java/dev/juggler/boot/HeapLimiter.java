package dev.juggler.boot;

/**
 * Keeps garbage from filling the memory of the machine while a job runs. The serial collector grows its old generation
 * up to the maximum before it collects it: many long bodies that pass through buffers on the heap at a time take
 * gigabytes, with only a hundredth alive. So this requests a collection when the heap in use has doubled since the last
 * one. The cost is proportional to what is alive, and where much is alive collections are rare.
 */
public final class HeapLimiter implements AutoCloseable {
    private static final long CHECK_MILLIS = 20;
    private static final long MINIMUM = 150L << 20;

    /** No collection below this use: the initial heap, whose size follows the machine's, has room for new objects. */
    private final long minimum = Math.max(MINIMUM, Runtime.getRuntime().totalMemory() / 5 * 2);

    private final Thread thread =
            Thread.ofPlatform().daemon().name("juggler-heap").unstarted(this::watch);

    private HeapLimiter() {}

    /** Starts watching the heap on a separate thread, until it is closed. */
    public static HeapLimiter begin() {
        HeapLimiter limiter = new HeapLimiter();
        limiter.thread.start();
        return limiter;
    }

    private void watch() {
        long threshold = minimum;
        try {
            while (true) {
                Thread.sleep(CHECK_MILLIS);
                if (used() > threshold) {
                    System.gc();
                    threshold = Math.max(minimum, 2 * used());
                }
            }
        } catch (InterruptedException closed) {
            // The job is over.
            return;
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
