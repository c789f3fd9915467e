package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.TaskFailureException;
import java.math.BigInteger;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * {@code random-products}: the line {@code x | y | z}, where y is x times a random big integer and z is y times
 * another. The random numbers are seeded with x, so that the same inputs give the same lines under every model.
 */
final class RandomProducts {
    private static final int BITS = 128;

    private RandomProducts() {}

    static Object call(Input input) throws TaskFailureException {
        BigInteger x = InputConversion.toBigInteger(input);
        Random random = Random.from(new SplittableRandom(x.longValue()));
        BigInteger y = x.multiply(new BigInteger(BITS, random));
        BigInteger z = y.multiply(new BigInteger(BITS, random));
        return x + " | " + y + " | " + z;
    }
}
