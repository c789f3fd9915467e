package dev.juggler.cli;

import dev.juggler.engine.Run;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What Ctrl-C and TERM do to a run: the first drains it, the second ends the tasks in flight, the third leaves at once.
 * A shutdown hook would not do: it cannot be told apart a second time.
 */
final class Signals {
    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);
    private final Run run;
    private final Consumer<String> teller;
    private volatile int last;
    private int count;

    private Signals(Run run, Consumer<String> teller) {
        this.run = run;
        this.teller = teller;
    }

    static Signals handle(Run run, Consumer<String> teller) {
        Signals signals = new Signals(run, teller);
        NUMBERS.forEach((name, number) -> org.jline.utils.Signals.register(name, () -> signals.on(name, number)));
        return signals;
    }

    private synchronized void on(String name, int number) {
        last = number;
        count++;
        switch (count) {
            case 1 -> {
                teller.accept(name + ": finishing the tasks in flight; again to end them");
                run.drain();
            }
            case 2 -> run.cancel();
            default -> Runtime.getRuntime().halt(ExitCodes.SIGNAL + last);
        }
    }

    /** The number of the last signal, or 0. */
    int last() {
        return last;
    }
}
