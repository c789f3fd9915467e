package dev.juggler.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many failed tasks stop a run. */
public sealed interface HaltPolicy {

    /** Whether a run with this many tasks done, of which so many did not succeed, stops now. */
    boolean halts(long done, long failed);

    /** The run goes on however many tasks fail. */
    record Never() implements HaltPolicy {
        @Override
        public boolean halts(long done, long failed) {
            return false;
        }

        @Override
        public String toString() {
            return "never";
        }
    }

    /** The run stops at this many failed tasks. */
    record AfterFailures(long limit) implements HaltPolicy {
        public AfterFailures {
            if (limit < 1) {
                throw new IllegalArgumentException("a run halts after at least 1 failure, not " + limit);
            }
        }

        @Override
        public boolean halts(long done, long failed) {
            return failed >= limit;
        }
    }

    /** The run stops when at least three tasks failed and they are this share of all that are done. */
    record AfterShare(double percent) implements HaltPolicy {
        /** Below this many failures a share says nothing yet; GNU parallel waits for as many. */
        private static final int AT_LEAST = 3;

        public AfterShare {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("a share of failures lies above 0% and up to 100%");
            }
        }

        @Override
        public boolean halts(long done, long failed) {
            return failed >= AT_LEAST && failed * 100.0 >= percent * done;
        }
    }

    /** Reads {@code never}, a number of failures ({@code 5}) or a share ({@code 10%}). */
    static HaltPolicy parse(String text) {
        if (text.equals("never")) {
            return new Never();
        }
        Matcher number = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)(%?)").matcher(text);
        if (!number.matches() || (number.group(2).isEmpty() && text.contains("."))) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a halt policy: give 'never', a number of failures such as 5, or a share such as 10%");
        }
        return number.group(2).isEmpty()
                ? new AfterFailures(Long.parseLong(text))
                : new AfterShare(Double.parseDouble(number.group(1)));
    }
}
