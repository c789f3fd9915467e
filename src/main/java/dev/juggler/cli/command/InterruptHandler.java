package dev.juggler.cli.command;

import dev.juggler.engine.JobRun;
import dev.juggler.process.SignalHandlers;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Handles Ctrl-C, TERM and HUP during a run: the first signal drains the run, the second ends the tasks in flight, the
 * third kills their programs and exits at once. A shutdown hook would not do, because it runs only once.
 *
 * <p>Signals are caught before the run starts. The JVM's own handling would leave programs of the run behind, which do
 * not get the terminal's signals.
 */
public final class InterruptHandler {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
    private final Consumer<String> teller;
    private volatile int last;
    private int count;
    private JobRun run;

    private InterruptHandler(Consumer<String> teller) {
        this.teller = teller;
    }

    public static InterruptHandler handle(Consumer<String> teller) {
        ExitGuard.arm();
        InterruptHandler signals = new InterruptHandler(teller);
        NUMBERS.forEach((name, number) -> SignalHandlers.handle(name, () -> signals.on(name, number)));
        return signals;
    }

    /** Sets the run that signals apply to; earlier signals apply to it too. */
    public synchronized void govern(JobRun begun) {
        run = begun;
        for (int i = 1; i <= count; i++) {
            act(i);
        }
    }

    private synchronized void on(String name, int number) {
        last = number;
        count++;
        if (count == 1) {
            teller.accept(name + ": finishing the tasks in flight; repeat to end them");
        }
        if (count > 2) {
            // Programs that ignore TERM would outlive this JVM.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(ExitCodes.SIGNAL + last);
        }
        if (run != null) {
            act(count);
        }
    }

    private void act(int time) {
        if (time == 1) {
            run.drain();
        } else {
            run.cancel();
        }
    }

    /** The number of the last signal, or 0. */
    public int last() {
        return last;
    }
}
