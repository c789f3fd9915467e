package dev.juggler.cli.command;

import dev.juggler.job.ConcurrencyModel;
import org.jspecify.annotations.Nullable;

/** The value of {@code -n}: a number, or {@code auto}. */
public sealed interface ConcurrencyOption {
    /** Returns the maximum concurrency of a run whose adaptive concurrency is limited to {@code limit}. */
    int max(int limit);

    /** A fixed number of workers, or of tasks in flight. */
    record Fixed(int number) implements ConcurrencyOption {
        @Override
        public int max(int limit) {
            return number;
        }
    }

    /** A number that the run adapts. */
    record Auto() implements ConcurrencyOption {
        @Override
        public int max(int limit) {
            return limit;
        }
    }

    /**
     * Parses {@code auto}, or a number from 1.
     *
     * @throws IllegalArgumentException with a message for the user, when it is neither
     */
    static ConcurrencyOption parse(String text) {
        if (text.equals("auto")) {
            return new Auto();
        }
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is neither auto nor a whole number, or too large", e);
        }
        if (number < 1) {
            throw new IllegalArgumentException("-n is at least 1, not " + number);
        }
        return new Fixed(number);
    }

    /** Rejects a concurrency that the model cannot have. */
    static void check(@Nullable ConcurrencyOption wanted, ConcurrencyModel model) {
        boolean one = wanted == null || wanted.equals(new Fixed(1));
        if (model == ConcurrencyModel.SEQUENTIAL && !one) {
            String text = wanted instanceof Fixed fixed ? Integer.toString(fixed.number) : "auto";
            throw CommandFailure.usage("the sequential model runs one task at a time: leave out -n " + text);
        }
        if (model == ConcurrencyModel.PROCESSES && wanted instanceof Auto) {
            throw CommandFailure.usage(
                    "-n auto cannot be combined with --model processes, where each worker is a JVM: give a number");
        }
    }
}
