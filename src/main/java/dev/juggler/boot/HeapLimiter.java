package dev.juggler.boot;

/**
 * Keeps garbage from filling the memory of the machine while a job runs. The serial collector makes its old generation
 * larger, up to the maximum, before it looks for garbage there: many long bodies at once that pass through buffers on the
 * heap take gigabytes of which a hundredth is alive. So it is told to look when the heap has doubled since it looked
 * last. That costs as much as what is alive, and is rare where much is.
 */
public final class HeapLimiter implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;
    private static final long LEAST = 150L << 20;

    /** What is new has its place within the heap of the beginning, whose size follows the machine's. */
    private final long least = Math.max(LEAST, Runtime.getRuntime().totalMemory() / 5 * 2);

    private final Thread thread =
            Thread.ofPlatform().daemon().name("juggler-heap").unstarted(this::watch);

    private HeapLimiter() {}

    public static HeapLimiter begin() {
        HeapLimiter bound = new HeapLimiter();
        bound.thread.start();
        return bound;
    }

    private void watch() {
        long most = least;
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                if (used() > most) {
                    System.gc();
                    most = Math.max(least, 2 * used());
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
