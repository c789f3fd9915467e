package dev.juggler.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Counts the workers of a job, and the programs they started, that the system reports as running: those on a processor
 * and those that wait for one. By CPU time alone, tasks would seem idle while other programs use the processors. Needs
 * Linux's {@code /proc}; reading it blocks.
 */
final class RunningWorkerCounter {
    private static final Path TASKS = Path.of("/proc/self/task");
    /** The number of characters of a thread's name that Linux keeps: see pthread_setname_np(3). */
    private static final int NAME_LENGTH = 15;

    private final String threads;

    /** Makes a counter for the workers of the job with this id. */
    RunningWorkerCounter(String job) {
        String name = "juggler-" + job + "-";
        this.threads = name.substring(0, Math.min(NAME_LENGTH, name.length()));
    }

    /** Returns whether this system reports running threads. */
    static boolean isSupported() {
        return Files.isDirectory(TASKS);
    }

    /** Returns the number of virtual threads that run or wait for a carrier thread. The JVM reports the total only. */
    static int virtual() {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        return (int) Math.max(0, scheduler.getMountedVirtualThreadCount() + scheduler.getQueuedVirtualThreadCount());
    }

    /** Returns the number of worker threads and programs that run now. */
    int now() {
        int running = 0;
        Deque<String> programs = new ArrayDeque<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                running += isWorker(task) && isRunning(task) ? 1 : 0;
                addChildren(task, programs);
            }
        } catch (IOException e) {
            // The count ends here.
            return running;
        }
        while (!programs.isEmpty()) {
            Path task = Path.of("/proc", programs.peek(), "task", programs.remove());
            running += isRunning(task) ? 1 : 0;
            addChildren(task, programs);
        }
        return running;
    }

    private boolean isWorker(Path task) {
        return read(task.resolve("comm")).startsWith(threads);
    }

    private static boolean isRunning(Path task) {
        String stat = read(task.resolve("stat"));
        // The state follows the name, which is in parentheses and may itself contain parentheses.
        return stat.startsWith(") R", Math.max(0, stat.lastIndexOf(')')));
    }

    private static void addChildren(Path task, Deque<String> programs) {
        for (String child : read(task.resolve("children")).split(" ")) {
            if (!child.isBlank()) {
                programs.add(child.strip());
            }
        }
    }

    /** Returns the content of a file, or an empty text when the thread or program has ended meanwhile. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
