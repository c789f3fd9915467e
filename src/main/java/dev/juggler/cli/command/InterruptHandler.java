package dev.juggler.cli.command;

import dev.juggler.engine.JobRun;
import dev.juggler.process.SignalHandlers;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles Ctrl-C, TERM and HUP during a run: the first signal drains the run, the second ends the tasks in flight, the
 * third kills their programs and exits at once. A shutdown hook would not suffice, because it runs only once.
 *
 * <p>Signals are caught before the run starts. The JVM's own handling would leave programs of the run behind, which do
 * not get the terminal's signals.
 */
public final class InterruptHandler {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
    private final Consumer<String> printer;
    private volatile int last;
    private int count;
    private @Nullable JobRun run;

    private InterruptHandler(Consumer<String> printer) {
        this.printer = printer;
    }

    /**
     * Installs a handler.
     *
     * @param printer prints messages for the user
     */
    public static InterruptHandler handle(Consumer<String> printer) {
        ExitGuard.arm();
        InterruptHandler signals = new InterruptHandler(printer);
        NUMBERS.forEach((name, number) -> SignalHandlers.handle(name, () -> signals.on(name, number)));
        return signals;
    }

    /** Sets the run that signals apply to; earlier signals apply to it too. */
    public synchronized void govern(JobRun begun) {
        run = begun;
        for (int i = 1; i <= count; i++) {
            act(begun, i);
        }
    }

    private synchronized void on(String name, int number) {
        last = number;
        count++;
        if (count == 1) {
            printer.accept(name + ": finishing the tasks in flight; repeat to end them");
        }
        if (count > 2) {
            // Programs that ignore TERM would outlive this JVM.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(ExitCodes.SIGNAL + last);
        }
        if (run != null) {
            act(run, count);
        }
    }

    private static void act(JobRun target, int time) {
        if (time == 1) {
            target.drain();
        } else {
            target.cancel();
        }
    }

    /** Returns the number of the last signal, or 0. */
    public int last() {
        return last;
    }
}
