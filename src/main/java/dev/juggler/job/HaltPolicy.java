package dev.juggler.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of failed tasks that stops a run. */
public sealed interface HaltPolicy {

    /** Returns whether a run stops, with this many tasks done and this many of them unsuccessful. */
    boolean halts(long done, long failed);

    /** The run continues, however many tasks fail. */
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

    /** The run stops at this number of failed tasks. */
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

    /** The run stops when at least three tasks failed and they are this percentage of those done. */
    record AfterShare(double percent) implements HaltPolicy {
        /** Below this number of failures a percentage means nothing yet; GNU parallel waits for as many. */
        private static final int AT_LEAST = 3;

        public AfterShare {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException(
                        "a percentage of failures is above 0% and at most 100%, not " + percent + "%");
            }
        }

        @Override
        public boolean halts(long done, long failed) {
            return failed >= AT_LEAST && failed * 100.0 >= percent * done;
        }
    }

    /**
     * Reads {@code never}, a number of failures ({@code 5}) or a percentage ({@code 10%}).
     *
     * @throws IllegalArgumentException with a message for the user, when it is none of these
     */
    static HaltPolicy parse(String text) {
        if (text.equals("never")) {
            return new Never();
        }
        Matcher number = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)(%?)").matcher(text);
        if (!number.matches() || (number.group(2).isEmpty() && text.contains("."))) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a halt policy: give 'never', a number of failures such as 5, or a percentage"
                    + " such as 10%");
        }
        return number.group(2).isEmpty()
                ? new AfterFailures(Long.parseLong(text))
                : new AfterShare(Double.parseDouble(number.group(1)));
    }
}
