package dev.juggler.cli.command;

import dev.juggler.process.SignalHandlers;
import dev.juggler.engine.JobRun;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What Ctrl-C, TERM and HUP do to a run: the first drains it, the second ends the tasks in flight, the third kills their
 * programs and leaves at once. A shutdown hook would not do: it cannot be told apart a second time.
 *
 * <p>They are caught before the run begins: the JVM's own way would leave the programs of a run behind, which do not
 * get the terminal's signals.
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

    /** Names the run that signals are for; those that came before are for it too. */
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
            teller.accept(name + ": finishing the tasks in flight; again to end them");
        }
        if (count > 2) {
            // Programs that do not heed TERM would outlive this JVM.
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
