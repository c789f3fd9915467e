package dev.juggler.worker;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The platform threads that carry virtual ones. They are as many as there are processors, and a virtual thread that
 * computes without end never gives its carrier back: with as many such threads as processors, no other would ever run.
 */
final class Carriers {
    /** The JVM has at most so many, unless told otherwise. */
    private static final int MOST = 256;

    private Carriers() {}

    /** Adds one in the place of one that is taken for good. */
    static void add() {
        change(1);
        // The scheduler looks whether it may have another carrier only when a virtual thread comes to it.
        Thread.startVirtualThread(() -> {});
    }

    /** Takes away one that was added: the one it stood for is back. */
    static void remove() {
        change(-1);
    }

    private static synchronized void change(int by) {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        scheduler.setParallelism(Math.clamp(scheduler.getParallelism() + by, 1, MOST));
    }
}
