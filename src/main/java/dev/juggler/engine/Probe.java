package dev.juggler.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How much of their time the workers of a job, and the programs they have started, compute. It looks again and again
 * which of them the system calls running: those on a processor and those that wait for one, so that other programs on
 * the machine do not make tasks look idle, as they would by CPU time alone. Blocks; needs Linux's {@code /proc}.
 */
final class Probe {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final long EVERY_MILLIS = 10;
    /** The first tasks load classes and open connections, whatever else they do: that is not looked at. */
    private static final int SETTLING_LOOKS = 30;
    /** Linux keeps so much of a thread's name: see pthread_setname_np(3). */
    private static final int NAME_LENGTH = 15;

    private final String threads;
    private final Progress progress;

    /** How far the run is. Asked from another thread. */
    interface Progress {
        /** Workers that have tasks. */
        int busy();

        /** Tasks that have ended. */
        long ended();

        /** Whether the run has, so that there is nothing more to see. */
        boolean isOver();
    }

    /**
     * A probe that has not begun.
     *
     * @param threads what the names of the workers' threads begin with
     */
    Probe(String threads, Progress progress) {
        this.threads = threads.substring(0, Math.min(NAME_LENGTH, threads.length()));
        this.progress = progress;
    }

    /**
     * Looks until it is known, while there are tasks for two seconds at most.
     *
     * @return from 0 for none of their time to 1 for all of it; empty where it is not told, or the run has ended
     */
    OptionalDouble share() throws InterruptedException {
        if (!Files.isDirectory(TASKS)) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < SETTLING_LOOKS && progress.ended() == 0; i++) {
            Thread.sleep(EVERY_MILLIS);
        }
        Look look = new Look(progress.ended());
        while (!look.isOver()) {
            Thread.sleep(EVERY_MILLIS);
            if (progress.isOver()) {
                return OptionalDouble.empty();
            }
            int busy = progress.busy();
            look.add(busy == 0 ? 0 : running(), busy, progress.ended());
        }
        return look.share();
    }

    /** Threads of workers, and programs, that run now. */
    private int running() {
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
