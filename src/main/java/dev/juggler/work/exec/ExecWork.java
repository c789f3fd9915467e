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
 * Runs a program for each input; its exit status decides.
 *
 * <p>Outcomes: exit 0 succeeds. A failure has one of these error types: {@code exit} (another status), {@code signal}
 * (a signal ended it), {@code spawn} (it could not be started), {@code input} (the input cannot be an argument),
 * {@code io} (its output could not be kept), {@code unwritable} (nor could any other, since the disk is full: it ends
 * the run). An attempt that is interrupted or cancelled ends the program and all it started (TERM, two seconds later
 * KILL) and gives a cancelled result with the output so far.
 *
 * <p>Outputs go to files in {@code java.io.tmpdir}. One longer than the memory limit stays there, in a private folder
 * which {@link #close()} leaves; all others go. What a program leaves running when it exits by itself is left alone.
 */
public final class ExecWork implements WorkProvider {
    /** How long a program has between TERM and KILL. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final ProgramOutputFolder folder;
    private final ProgramLauncher launcher;

    private ExecWork(ProgramOutputFolder folder, ProgramLauncher launcher) {
        this.folder = folder;
        this.launcher = launcher;
    }

    /**
     * Checks the command and the place for its outputs. May block.
     *
     * @throws InvalidWorkException when the command is wrong (see {@link CommandTemplate#of}) or outputs have no place
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

    /** TERM, the grace, KILL, and what it takes to see that all are gone. */
    @Override
    public Duration grace() {
        return launcher.grace().plusSeconds(1);
    }

    /**
     * Ends the programs that still run and removes the outputs that no result refers to. Safe to call while workers
     * still have tasks: those end as cancelled, and no more are started.
     *
     * @throws UncheckedIOException when the folder cannot be removed
     */
    @Override
    public void close() {
        launcher.close();
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of outputs " + folder + " cannot be removed", e);
        }
    }
}
