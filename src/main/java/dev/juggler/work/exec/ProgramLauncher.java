package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.DiskFull;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Starts the programs of a job and knows which of them run. Safe for use by several threads. */
final class ProgramLauncher implements AutoCloseable {
    private final CommandTemplate template;
    private final ProgramOutputFolder folder;
    private final Supplier<ProgramStarter> starter;
    private final Duration grace;
    private final AtomicLong runs = new AtomicLong();
    private final Set<RunningProgram> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param starter gives the way to start a program, the same each time
     * @param grace how long a program has between TERM and KILL
     */
    ProgramLauncher(
            CommandTemplate template, ProgramOutputFolder folder, Supplier<ProgramStarter> starter, Duration grace) {
        this.template = template;
        this.folder = folder;
        this.starter = starter;
        this.grace = grace;
    }

    /** Starts the program for this task; blocks for about a millisecond. */
    LaunchResult launch(Task task) {
        if (closed) {
            return new LaunchResult.NotStarted(Result.Cancelled.because("the run is over", null));
        }
        List<String> argv;
        try {
            argv = template.argv(task);
        } catch (IllegalArgumentException e) {
            return notStarted(TaskError.permanent("input", e.getMessage()));
        }
        try {
            StartedProgram program = starter().start(argv, folder, (task.index() + 1) + "-" + runs.incrementAndGet());
            RunningProgram child = new RunningProgram(this, argv.getFirst(), program);
            running.add(child);
            if (closed) { // too late for close() to see it
                child.end();
            }
            return child;
        } catch (FileSystemException e) {
            return notStarted(fileError(e));
        } catch (IOException e) {
            return notStarted(startError(argv.getFirst(), e));
        }
    }

    private TaskError fileError(FileSystemException e) {
        String message = "no file for the output can be made in " + folder + ": " + e.getReason();
        return DiskFull.isReportedBy(e.getReason()) ? TaskError.unwritable(message) : TaskError.passing("io", message);
    }

    private static TaskError startError(String program, IOException e) {
        return ExecutableLookup.find(program).isEmpty()
                ? TaskError.permanent("spawn", ExecutableLookup.complaint(program))
                : TaskError.passing("spawn", "could not start '" + program + "': " + e.getMessage());
    }

    private static LaunchResult notStarted(TaskError error) {
        return new LaunchResult.NotStarted(new Result.Failed(error));
    }

    ProgramOutputFolder folder() {
        return folder;
    }

    ProgramStarter starter() {
        return starter.get();
    }

    Duration grace() {
        return grace;
    }

    void ended(RunningProgram child) {
        running.remove(child);
    }

    /** Starts no more programs and ends those that run, all at once; blocks until they are gone. */
    @Override
    public void close() {
        closed = true;
        if (running.isEmpty()) {
            return;
        }
        try (ExecutorService enders = Executors.newVirtualThreadPerTaskExecutor()) {
            running.forEach(child -> enders.execute(child::end));
        }
    }
}
