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

/** Starts the programs of a job and tracks the running ones. Safe for use by several threads. */
final class ProgramLauncher implements AutoCloseable {
    private final CommandTemplate template;
    private final ProgramOutputFolder folder;
    private final Supplier<ProgramStarter> starter;
    private final Duration grace;
    private final AtomicLong runs = new AtomicLong();
    private final Set<RunningProgram> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Makes a launcher.
     *
     * @param starter returns the same starter of programs each time
     * @param grace the time that a program has between TERM and KILL
     */
    ProgramLauncher(
            CommandTemplate template, ProgramOutputFolder folder, Supplier<ProgramStarter> starter, Duration grace) {
        this.template = template;
        this.folder = folder;
        this.starter = starter;
        this.grace = grace;
    }

    /** Starts the program of a task. Blocks for about a millisecond. */
    LaunchResult launch(Task task) {
        if (closed) {
            return new LaunchResult.NotStarted(Result.Cancelled.because("the run has ended", null));
        }
        List<String> argv;
        try {
            argv = template.argv(task);
        } catch (IllegalArgumentException e) {
            return notStarted(TaskError.permanent("input", String.valueOf(e.getMessage())));
        }
        try {
            StartedProgram started = starter().start(argv, folder, (task.index() + 1) + "-" + runs.incrementAndGet());
            RunningProgram program = new RunningProgram(this, argv.getFirst(), started);
            running.add(program);
            if (closed) { // close() may have missed this program
                program.end();
            }
            return program;
        } catch (FileSystemException e) {
            return notStarted(fileError(e));
        } catch (IOException e) {
            return notStarted(startError(argv.getFirst(), e));
        }
    }

    private TaskError fileError(FileSystemException e) {
        String message = "cannot create a file for output in " + folder + ": " + e.getReason();
        return DiskFull.isReportedBy(e.getReason()) ? TaskError.unwritable(message) : TaskError.passing("io", message);
    }

    private static TaskError startError(String program, IOException e) {
        return ExecutableLookup.find(program).isEmpty()
                ? TaskError.permanent("spawn", ExecutableLookup.reason(program))
                : TaskError.passing("spawn", "cannot start '" + program + "': " + e.getMessage());
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

    void ended(RunningProgram program) {
        running.remove(program);
    }

    /** Starts no more programs and ends the running ones in parallel. Blocks until they have ended. */
    @Override
    public void close() {
        closed = true;
        if (running.isEmpty()) {
            return;
        }
        try (ExecutorService enders = Executors.newVirtualThreadPerTaskExecutor()) {
            running.forEach(program -> enders.execute(program::end));
        }
    }
}
