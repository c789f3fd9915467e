package dev.juggler.work.compute.function;

import dev.juggler.job.Input;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What an input says, as the type a function takes; an input that does not say that is a bad input. */
public final class InputConversion {
    /** Reading a number takes time that grows faster than its length. */
    private static final int LONGEST_NUMBER = 100_000;

    private static final int LONGEST_SHOWN = 60;

    private static final Pattern REAL =
            Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,9})?|NaN|Infinity)");

    private InputConversion() {}

    /** A whole number of at most 63 bits and a sign. */
    public static long whole(Input input) throws TaskFailureException {
        if (input instanceof Input.Whole whole) {
            return whole.value();
        }
        BigInteger value = bigWhole(input);
        if (value.bitLength() > 63) {
            throw TaskFailureException.badInput(
                    shown(input) + " has more than 63 bits: a function that takes it has a BigInteger parameter");
        }
        return value.longValue();
    }

    public static int wholeInt(Input input) throws TaskFailureException {
        long value = whole(input);
        if (value != (int) value) {
            throw TaskFailureException.badInput(shown(input)
                    + " has more than 31 bits: a function that takes it has a long" + " or BigInteger parameter");
        }
        return (int) value;
    }

    /** A whole number of any size. */
    public static BigInteger bigWhole(Input input) throws TaskFailureException {
        if (input instanceof Input.Whole whole) {
            return BigInteger.valueOf(whole.value());
        }
        try {
            return new BigInteger(number(input, "a whole number"));
        } catch (NumberFormatException _) {
            throw TaskFailureException.badInput(shown(input) + " is not a whole number");
        }
    }

    public static double real(Input input) throws TaskFailureException {
        String text = number(input, "a number");
        if (!REAL.matcher(text).matches()) {
            throw TaskFailureException.badInput(shown(input) + " is not a number");
        }
        return Double.parseDouble(text);
    }

    public static BigDecimal decimal(Input input) throws TaskFailureException {
        try {
            return new BigDecimal(number(input, "a number"));
        } catch (NumberFormatException _) {
            throw TaskFailureException.badInput(shown(input) + " is not a number");
        }
    }

    /** The text itself; the text of a part of a file. */
    public static String text(Input input) throws TaskFailureException, InterruptedException {
        return input instanceof Input.FileChunk chunk ? Utf8Lines.text(chunk) : input.key();
    }

    /** The path of a whole file. */
    public static Path path(Input input) throws TaskFailureException {
        if (input instanceof Input.FileChunk) {
            throw TaskFailureException.badInput(
                    shown(input) + " is a part of a file, but the function takes a whole file");
        }
        return path(input.key());
    }

    static Path path(String text) throws TaskFailureException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw TaskFailureException.badInput("not a path: " + e.getMessage());
        }
    }

    /** A number out of a range as a Long, anything else as text. */
    public static Object asItIs(Input input) throws TaskFailureException, InterruptedException {
        return input instanceof Input.Whole whole ? (Object) whole.value() : text(input);
    }

    /** The input for a message, in quotes and not too long. */
    public static String shown(Input input) {
        String key = input.key();
        return key.length() <= LONGEST_SHOWN ? "'" + key + "'" : "'" + key.substring(0, LONGEST_SHOWN) + "…'";
    }

    private static String number(Input input, String what) throws TaskFailureException {
        if (input instanceof Input.FileChunk) {
            throw TaskFailureException.badInput(shown(input) + " is a part of a file, but the function takes " + what);
        }
        String text = input.key().strip();
        if (text.length() > LONGEST_NUMBER) {
            throw TaskFailureException.badInput(shown(input) + " has more than " + LONGEST_NUMBER + " digits");
        }
        return text;
    }
}
