package dev.juggler.work.exec;

import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Runs a program for each input. The exit status determines the outcome.
 *
 * <p>Exit status 0 succeeds. A failure has one of these error types: {@code exit} (another status), {@code signal} (a
 * signal ended the program), {@code spawn} (it could not be started), {@code input} (the input cannot be an argument),
 * {@code io} (its output could not be saved), {@code unwritable} (the disk is full, so no output can be saved, which
 * ends the run). An attempt that is interrupted or cancelled ends the program and its descendants (TERM, two seconds
 * later KILL), and has a cancelled result with the output so far.
 *
 * <p>Outputs are written to files in {@code java.io.tmpdir}. Those longer than the memory limit remain there, in a
 * private folder that {@link #close()} keeps; all others are deleted. Processes that a program leaves running when it
 * exits by itself keep running.
 */
public final class ExecWork implements WorkProvider {
    /** The time that a program has between TERM and KILL. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final ProgramOutputFolder folder;
    private final ProgramLauncher launcher;

    private ExecWork(ProgramOutputFolder folder, ProgramLauncher launcher) {
        this.folder = folder;
        this.launcher = launcher;
    }

    /**
     * Checks the command and the folder for its outputs. May block.
     *
     * @throws InvalidWorkException when the command is invalid (see {@link CommandTemplate#of}) or outputs cannot be
     *     written
     */
    public static ExecWork prepare(ExecSpec spec) {
        ExecWork work = prepare(spec, PlatformStarter::starter, GRACE);
        PlatformStarter.prepare();
        return work;
    }

    static ExecWork prepare(ExecSpec spec, Supplier<ProgramStarter> starter, Duration grace) {
        CommandTemplate template = CommandTemplate.of(spec);
        ProgramOutputFolder folder = ProgramOutputFolder.create(spec.memoryLimit());
        return new ExecWork(folder, new ProgramLauncher(template, folder, starter, grace));
    }

    @Override
    public BlockingWork blocking() {
        return new BlockingExec(launcher);
    }

    @Override
    public AsyncWork async(Vertx vertx) {
        return new AsyncExec(vertx, launcher);
    }

    /** Returns the time for TERM, the grace, KILL, and observing that all processes have ended. */
    @Override
    public Duration grace() {
        return launcher.grace().plusSeconds(1);
    }

    /**
     * Ends the running programs and deletes the outputs that no result refers to. Safe to call while workers still have
     * tasks: those end as cancelled, and no more programs start.
     *
     * @throws UncheckedIOException when the folder cannot be deleted
     */
    @Override
    public void close() {
        launcher.close();
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the output folder in " + folder, e);
        }
    }
}
