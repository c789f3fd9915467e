package dev.juggler.cli;

import dev.juggler.engine.Run;
import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * What Ctrl-C and TERM do to a run: the first drains it, the second ends the tasks in flight, the third leaves at once.
 * A shutdown hook would not do: it cannot be told apart a second time.
 */
final class Signals {
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
        Signal.handle(new Signal("INT"), signals::on);
        Signal.handle(new Signal("TERM"), signals::on);
        return signals;
    }

    private synchronized void on(Signal signal) {
        last = signal.getNumber();
        count++;
        switch (count) {
            case 1 -> {
                teller.accept(signal.getName() + ": finishing the tasks in flight; again to end them");
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
