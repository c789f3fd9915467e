package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.TaskFailureException;
import java.math.BigInteger;

/** {@code square}: n × n, a Long when it fits and otherwise a BigInteger. */
final class Square {
    private Square() {}

    static Object call(Input input) throws TaskFailureException {
        if (input instanceof Input.Whole whole) {
            return of(whole.value());
        }
        return Int128Sum.normalized(InputConversion.toBigInteger(input).pow(2));
    }

    private static Object of(long n) {
        long low = n * n;
        // A square is never negative, so it has 63 bits exactly when the upper half is 0 and the lower is not negative.
        return Math.multiplyHigh(n, n) == 0 && low >= 0
                ? (Object) low
                : BigInteger.valueOf(n).pow(2);
    }
}
