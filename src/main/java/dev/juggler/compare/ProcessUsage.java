package dev.juggler.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures the CPU time and peak memory of this process since {@link #begin}. */
final class ProcessUsage {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");

    /** The unit of /proc times as Linux shows it to user programs, on all processor architectures of the JDK. */
    private static final double TICKS_PER_SECOND = 100;

    /** The positions of the CPU time of ended children among the fields after the name in parentheses. */
    private static final int CHILD_USER = 13;

    private static final int CHILD_SYSTEM = 14;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private final double cpuSecondsBefore = totalCpuSeconds();

    private ProcessUsage() {}

    /**
     * Collects garbage, so that a run does not pay for its predecessor's, and starts to measure. Blocks for some
     * milliseconds.
     */
    static ProcessUsage begin() {
        System.gc();
        HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
        resetPeakResident();
        return new ProcessUsage();
    }

    /** The CPU time since {@link #begin} of all threads and of child processes that ended. */
    double cpuSeconds() {
        return totalCpuSeconds() - cpuSecondsBefore;
    }

    private static double totalCpuSeconds() {
        return SYSTEM.getProcessCpuTime() / 1e9 + childCpuSeconds();
    }

    /** The CPU time of ended children; 0 on systems without /proc. */
    private static double childCpuSeconds() {
        try {
            String stat = Files.readString(STAT);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[CHILD_USER]) + Long.parseLong(fields[CHILD_SYSTEM])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The peak heap use in bytes since {@link #begin}, including uncollected garbage. */
    static long peakHeap() {
        return HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    /** The peak resident memory of the process in bytes since {@link #begin}; 0 on systems without /proc. */
    static long peakResident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Resets Linux's record of peak resident memory. */
    private static void resetPeakResident() {
        try {
            Files.writeString(CLEAR_REFS, "5");
        } catch (IOException e) {
            // Without the reset the figure is the peak of all runs so far, an upper bound for this one.
        }
    }
}
