package dev.juggler.cli.command;

import dev.juggler.job.ConcurrencyModel;

/** What {@code -n} says: a number, or that the run is to find it out. */
public sealed interface ConcurrencyOption {
    /** How many there may come to be, where a run may try no more than this. */
    int most(int limit);

    /** So many workers, or tasks in flight. */
    record Fixed(int number) implements ConcurrencyOption {
        @Override
        public int most(int limit) {
            return number;
        }
    }

    /** As many as turn out to be best. */
    record Auto() implements ConcurrencyOption {
        @Override
        public int most(int limit) {
            return limit;
        }
    }

    /** Reads {@code auto}, or a number from 1. */
    static ConcurrencyOption parse(String text) {
        if (text.equals("auto")) {
            return new Auto();
        }
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither auto nor a whole number, or too large a one", e);
        }
        if (number < 1) {
            throw new IllegalArgumentException("-n is at least 1, not " + number);
        }
        return new Fixed(number);
    }

    /** Refuses what this model cannot do. */
    static void check(ConcurrencyOption wanted, ConcurrencyModel model) {
        boolean one = wanted == null || wanted.equals(new Fixed(1));
        if (model == ConcurrencyModel.SEQUENTIAL && !one) {
            String text = wanted instanceof Fixed fixed ? Integer.toString(fixed.number) : "auto";
            throw CommandFailure.usage("the sequential model does one task at a time: leave out -n " + text);
        }
        if (model == ConcurrencyModel.PROCESSES && wanted instanceof Auto) {
            throw CommandFailure.usage("-n auto does not go with processes, each of which is a JVM: give a number");
        }
    }
}
