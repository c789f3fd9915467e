package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts the programs of a job and knows which of them run. Safe for use by several threads.
 *
 * <p>Each is started by way of {@code setsid}, where that program exists: a child of the JVM leads no process group, so
 * {@code setsid} neither forks nor waits but becomes the program, under the same process id, as the leader of a session
 * and a group of its own. One signal then reaches the program and all it started, and a Ctrl-C at the terminal reaches
 * none of them. It costs about 0.4 ms a task; the JDK has no cheaper way in.
 */
final class Launcher implements AutoCloseable {
    private static final File NOTHING = new File("/dev/null");

    private final CommandTemplate template;
    private final OutputFolder folder;
    private final Optional<String> setsid;
    private final Duration grace;
    private final Set<Child> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param setsid the path of the {@code setsid} program, or empty to do without
     * @param grace how long a program has between TERM and KILL
     */
    Launcher(CommandTemplate template, OutputFolder folder, Optional<String> setsid, Duration grace) {
        this.template = template;
        this.folder = folder;
        this.setsid = setsid;
        this.grace = grace;
    }

    /** Starts the program for this task; blocks for about a millisecond. */
    Launch launch(Task task) {
        if (closed) {
            return new Launch.NotStarted(Result.Cancelled.because("the run is over", null));
        }
        List<String> argv;
        try {
            argv = template.argv(task);
        } catch (IllegalArgumentException e) {
            return notStarted(TaskError.permanent("input", e.getMessage()));
        }
        OutputFiles files = folder.next(task.index() + 1);
        try {
            Child child = new Child(this, argv.getFirst(), start(argv, files), files);
            running.add(child);
            if (closed) { // too late for close() to see it
                child.end();
            }
            return child;
        } catch (IOException e) {
            return notStarted(startError(argv.getFirst(), e));
        }
    }

    private Process start(List<String> argv, OutputFiles files) throws IOException {
        List<String> command = new ArrayList<>();
        setsid.ifPresent(path -> command.addAll(List.of(path, "--")));
        command.addAll(argv);
        // Appending, so that a program which cuts its own output by name leaves no hole of NULs behind.
        return new ProcessBuilder(command)
                .redirectInput(NOTHING)
                .redirectOutput(Redirect.appendTo(files.stdout()))
                .redirectError(Redirect.appendTo(files.stderr()))
                .start();
    }

    private static TaskError startError(String program, IOException e) {
        String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        if (e.getCause() instanceof FileNotFoundException) {
            return TaskError.passing("io", "no file for the output can be made: " + reason);
        }
        return Programs.find(program).isEmpty()
                ? TaskError.permanent("spawn", Programs.complaint(program))
                : TaskError.passing("spawn", "could not start '" + program + "': " + reason);
    }

    private static Launch notStarted(TaskError error) {
        return new Launch.NotStarted(new Result.Failed(error));
    }

    OutputFolder folder() {
        return folder;
    }

    /** Whether a program leads a process group of its own. */
    boolean ownGroups() {
        return setsid.isPresent();
    }

    Duration grace() {
        return grace;
    }

    void ended(Child child) {
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
