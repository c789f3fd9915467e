package dev.juggler.cli.run;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Outcome;
import dev.juggler.job.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the values of tasks, exactly: numbers, and objects field by field. */
final class Reduction implements OutcomeHandler {
    private static final Object ZERO = BigInteger.ZERO;
    private Object sum = ZERO;
    private volatile boolean rejected;

    /**
     * Adds the values of tasks.
     *
     * @throws IOException when one cannot be added, which stops the run, since there is no sum
     */
    @Override
    public void accept(List<Outcome> outcomes) throws IOException {
        for (Outcome outcome : outcomes) {
            if (outcome.succeeded() && outcome.result().value() instanceof Value.Computed computed) {
                sum = add(sum, computed.json(), outcome.task().key());
            }
        }
    }

    /** Returns whether a value could not be added. Called by any thread. */
    boolean rejected() {
        return rejected;
    }

    private Object add(Object sum, @Nullable Object value, String key) throws IOException {
        if (value instanceof Map<?, ?> object && (sum instanceof Map || sum == ZERO)) {
            return addFields(sum, object, key);
        }
        if (!(value instanceof Number number) || !(sum instanceof Number subtotal)) {
            rejected = true;
            throw new IOException("--reduce sum: the value of " + key
                    + " is not a number, so it cannot be added; omit --reduce, or use a function that"
                    + " returns numbers");
        }
        return exact(decimal(subtotal).add(decimal(number)));
    }

    private Object addFields(Object sum, Map<?, ?> object, String key) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (sum instanceof Map<?, ?> before) {
            before.forEach((name, value) -> fields.put(name.toString(), value));
        }
        for (Map.Entry<?, ?> field : object.entrySet()) {
            String name = field.getKey().toString();
            if (field.getValue() instanceof Number) {
                fields.put(name, add(fields.getOrDefault(name, ZERO), field.getValue(), key));
            }
        }
        return fields;
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    private static Number exact(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0 ? number.toBigIntegerExact() : number;
    }

    String text() throws IOException {
        return ResultPrinter.text(sum);
    }
}
