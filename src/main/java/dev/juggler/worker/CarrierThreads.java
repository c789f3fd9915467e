package dev.juggler.worker;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The platform threads that carry virtual ones. They are as many as there are processors, and a virtual thread that
 * computes without end never gives its carrier back: with as many such threads as processors, no other would ever run.
 *
 * <p>So a worker that may get stuck brings a carrier of its own. To add one only when it is stuck comes too late: the
 * scheduler looks whether it may have another carrier when a virtual thread comes to an empty queue of its, and by then
 * the queues are full.
 */
final class CarrierThreads {
    /** The JVM has at most so many, unless told otherwise. */
    private static final int MOST = 256;

    private static final VirtualThreadSchedulerMXBean SCHEDULER =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private static final int BASE = SCHEDULER.getParallelism();

    private static int extra;

    private CarrierThreads() {}

    /** Adds one. */
    static synchronized void add() {
        extra++;
        SCHEDULER.setParallelism(Math.min(MOST, BASE + extra));
    }

    /** Takes away one that was added. */
    static synchronized void remove() {
        extra--;
        SCHEDULER.setParallelism(Math.min(MOST, BASE + extra));
    }
}
