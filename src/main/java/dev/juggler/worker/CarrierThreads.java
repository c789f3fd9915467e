package dev.juggler.worker;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The number of platform threads that carry virtual threads. By default it is the number of processors. A virtual
 * thread that computes endlessly never releases its carrier; with as many of them as processors, no other virtual
 * thread would run again.
 *
 * <p>So each worker that may get stuck adds a carrier when it is created. Adding one when a worker is already stuck is
 * too late: the scheduler considers another carrier only when a virtual thread enters an empty queue, and by then the
 * queues are full.
 */
final class CarrierThreads {
    /** The default of the JVM's limit on carriers. */
    private static final int MAX_PARALLELISM = 256;

    private static final VirtualThreadSchedulerMXBean SCHEDULER =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private static final int BASE_PARALLELISM = SCHEDULER.getParallelism();

    private static int extra;

    private CarrierThreads() {}

    /** Adds a carrier. */
    static synchronized void add() {
        extra++;
        SCHEDULER.setParallelism(Math.min(MAX_PARALLELISM, BASE_PARALLELISM + extra));
    }

    /** Removes a carrier that was added. */
    static synchronized void remove() {
        extra--;
        SCHEDULER.setParallelism(Math.min(MAX_PARALLELISM, BASE_PARALLELISM + extra));
    }
}
