package dev.juggler.worker;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The platform threads that carry virtual ones. There are as many as cores; a virtual thread that computes without end
 * keeps one for itself, and as many of them as cores would stop all virtual threads of the JVM.
 */
final class Carriers {
    private Carriers() {}

    /** Adds a carrier for the one that this thread keeps, when it is a virtual thread. */
    static synchronized void replace(Thread stuck) {
        if (stuck.isVirtual()) {
            VirtualThreadSchedulerMXBean scheduler =
                    ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
            scheduler.setParallelism(scheduler.getParallelism() + 1);
        }
    }
}
