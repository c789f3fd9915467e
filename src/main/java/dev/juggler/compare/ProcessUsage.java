package dev.juggler.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process has used of CPU and memory. Blocks for some milliseconds when it begins anew. */
final class ProcessUsage {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    /** Of a Linux kernel, as user programs see them, on all processors that Java runs on. */
    private static final double TICKS_OF_SECOND = 100;

    /** The place of the CPU time of children that ended, behind the name in parentheses. */
    private static final int CHILD_USER = 13;

    private static final int CHILD_SYSTEM = 14;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private final double cpuSeconds = cpu();

    private ProcessUsage() {}

    /** Collects garbage, so that a run does not pay for its predecessor's, and begins to measure. */
    static ProcessUsage begin() {
        System.gc();
        HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
        resetResident();
        return new ProcessUsage();
    }

    /** CPU time since then, of all threads and of child processes that ended. */
    double cpuSeconds() {
        return cpu() - cpuSeconds;
    }

    private static double cpu() {
        return SYSTEM.getProcessCpuTime() / 1e9 + children();
    }

    /** Where the system does not tell, children count for nothing. */
    private static double children() {
        try {
            String stat = Files.readString(STAT);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[CHILD_USER]) + Long.parseLong(fields[CHILD_SYSTEM])) / TICKS_OF_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The most heap in use since then, garbage that was not collected yet included. */
    static long peakHeap() {
        return HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    /** The most resident memory of the process since then; 0 where the system does not tell. */
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

    /** Linux forgets the peak when told so; where it cannot be told, the peak is that of all runs so far. */
    private static void resetResident() {
        try {
            Files.writeString(CLEAR, "5");
        } catch (IOException e) {
            // The figure is then an upper bound, as its description says.
        }
    }
}
