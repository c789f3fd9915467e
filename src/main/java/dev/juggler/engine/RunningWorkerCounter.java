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
 * Counts which workers of a job, and programs they have started, the system calls running: those on a processor and
 * those that wait for one, so that other programs on the machine do not make tasks look idle, as they would by CPU time
 * alone. Needs Linux's {@code /proc}; reading it blocks.
 */
final class RunningWorkerCounter {
    private static final Path TASKS = Path.of("/proc/self/task");
    /** Linux keeps so much of a thread's name: see pthread_setname_np(3). */
    private static final int NAME_LENGTH = 15;

    private final String threads;

    /** The workers of the job with this id. */
    RunningWorkerCounter(String job) {
        String name = "juggler-" + job + "-";
        this.threads = name.substring(0, Math.min(NAME_LENGTH, name.length()));
    }

    /** Returns whether this system tells. */
    static boolean areTold() {
        return Files.isDirectory(TASKS);
    }

    /** Virtual threads that run or would if they were given a thread. The JVM tells of all together. */
    static int virtual() {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        return (int) Math.max(0, scheduler.getMountedVirtualThreadCount() + scheduler.getQueuedVirtualThreadCount());
    }

    /** Threads of workers, and programs, that run now. */
    int now() {
        int running = 0;
        Deque<String> programs = new ArrayDeque<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                running += isWorker(task) && isRunning(task) ? 1 : 0;
                addChildren(task, programs);
            }
        } catch (IOException e) {
            // Then it ends here, with what was seen.
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
        // The state is behind the name, which is in brackets and may have brackets itself.
        return stat.startsWith(") R", Math.max(0, stat.lastIndexOf(')')));
    }

    private static void addChildren(Path task, Deque<String> programs) {
        for (String child : read(task.resolve("children")).split(" ")) {
            if (!child.isBlank()) {
                programs.add(child.strip());
            }
        }
    }

    /** Empty when the thread or program has ended meanwhile. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
