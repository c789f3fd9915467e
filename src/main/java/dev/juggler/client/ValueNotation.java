package dev.juggler.client;

import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/** Writes values of jobs in the notation that their parsers read. */
final class ValueNotation {
    private ValueNotation() {}

    static String of(Chunking chunking) {
        return switch (chunking) {
            case Chunking.Auto() -> "auto";
            case Chunking.Fixed(int size) -> Integer.toString(size);
        };
    }

    static String of(HaltPolicy policy) {
        return switch (policy) {
            case HaltPolicy.Never() -> "never";
            case HaltPolicy.AfterFailures(long limit) -> Long.toString(limit);
            case HaltPolicy.AfterShare(double percent) -> plain(percent) + "%";
        };
    }

    static String of(Rate rate) {
        return rate.perSecond() >= 1 ? plain(rate.perSecond()) + "/s" : plain(rate.perSecond() * 3600) + "/h";
    }

    /** Returns a number with no more decimals than the parsers accept. */
    private static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    static ConcurrencyModel model(String id) {
        return ConcurrencyModel.named(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + id + "' is not a concurrency model; choose from " + ConcurrencyModel.names()));
    }

    /** Returns the name of a Java type, with its article, for messages about JSON. */
    static String kindOf(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive()
                ? "a whole number in its range"
                : "an object of the right form";
    }
}
