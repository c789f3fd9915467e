package dev.juggler.work.compute.function;

import dev.juggler.job.Input;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Converts inputs to the parameter types of functions. An input that cannot be converted is a {@code bad-input}. */
public final class InputConversion {
    /** Bounds the parsing of a number, whose time grows faster than its length. */
    private static final int MAX_NUMBER_LENGTH = 100_000;

    private static final int MAX_QUOTED_LENGTH = 60;

    private static final Pattern REAL =
            Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,9})?|NaN|Infinity)");

    private InputConversion() {}

    /** Returns a whole number of at most 63 bits and a sign. */
    public static long toLong(Input input) throws TaskFailureException {
        if (input instanceof Input.Whole whole) {
            return whole.value();
        }
        BigInteger value = toBigInteger(input);
        if (value.bitLength() > 63) {
            throw TaskFailureException.badInput(
                    quoted(input) + " has more than 63 bits: give the function a BigInteger parameter");
        }
        return value.longValue();
    }

    public static int toInt(Input input) throws TaskFailureException {
        long value = toLong(input);
        if (value != (int) value) {
            throw TaskFailureException.badInput(
                    quoted(input) + " has more than 31 bits: give the function a long or BigInteger parameter");
        }
        return (int) value;
    }

    /** Returns a whole number of any size. */
    public static BigInteger toBigInteger(Input input) throws TaskFailureException {
        if (input instanceof Input.Whole whole) {
            return BigInteger.valueOf(whole.value());
        }
        try {
            return new BigInteger(number(input, "a whole number"));
        } catch (NumberFormatException _) {
            throw TaskFailureException.badInput(quoted(input) + " is not a whole number");
        }
    }

    public static double toDouble(Input input) throws TaskFailureException {
        String text = number(input, "a number");
        if (!REAL.matcher(text).matches()) {
            throw TaskFailureException.badInput(quoted(input) + " is not a number");
        }
        return Double.parseDouble(text);
    }

    public static BigDecimal toBigDecimal(Input input) throws TaskFailureException {
        try {
            return new BigDecimal(number(input, "a number"));
        } catch (NumberFormatException _) {
            throw TaskFailureException.badInput(quoted(input) + " is not a number");
        }
    }

    /** Returns the text of an input; for a part of a file, its content. */
    public static String toText(Input input) throws TaskFailureException, InterruptedException {
        return input instanceof Input.FileChunk chunk ? Utf8Lines.text(chunk) : input.key();
    }

    /** Returns the path of a whole file. */
    public static Path toPath(Input input) throws TaskFailureException {
        if (input instanceof Input.FileChunk) {
            throw TaskFailureException.badInput(
                    quoted(input) + " is a part of a file, but the function takes a whole file");
        }
        return toPath(input.key());
    }

    static Path toPath(String text) throws TaskFailureException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw TaskFailureException.badInput("not a path: " + e.getMessage());
        }
    }

    /** Returns a number of a range as a Long, anything else as text. */
    public static Object toObject(Input input) throws TaskFailureException, InterruptedException {
        return input instanceof Input.Whole whole ? (Object) whole.value() : toText(input);
    }

    /** Returns an input in quotes, shortened for a message. */
    public static String quoted(Input input) {
        String key = input.key();
        return key.length() <= MAX_QUOTED_LENGTH ? "'" + key + "'" : "'" + key.substring(0, MAX_QUOTED_LENGTH) + "…'";
    }

    private static String number(Input input, String expected) throws TaskFailureException {
        if (input instanceof Input.FileChunk) {
            throw TaskFailureException.badInput(
                    quoted(input) + " is a part of a file, but the function takes " + expected);
        }
        String text = input.key().strip();
        if (text.length() > MAX_NUMBER_LENGTH) {
            throw TaskFailureException.badInput(quoted(input) + " has more than " + MAX_NUMBER_LENGTH + " digits");
        }
        return text;
    }
}
