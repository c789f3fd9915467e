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

/** Adds up what tasks gave back, exactly: numbers, and objects field by field. */
final class Reduction implements OutcomeHandler {
    private static final Object ZERO = BigInteger.ZERO;
    private Object sum = ZERO;
    private volatile boolean refused;

    /** Adds the values of these tasks. One that cannot be added stops the run: there will be no sum. */
    @Override
    public void accept(List<Outcome> outcomes) throws IOException {
        for (Outcome outcome : outcomes) {
            if (outcome.succeeded() && outcome.result().value() instanceof Value.Computed computed) {
                sum = add(sum, computed.json(), outcome.task().key());
            }
        }
    }

    /** Whether there was a value that cannot be added. Asked by any thread. */
    boolean refused() {
        return refused;
    }

    private Object add(Object sum, Object value, String key) throws IOException {
        if (value instanceof Map<?, ?> object && (sum instanceof Map || sum == ZERO)) {
            return addFields(sum, object, key);
        }
        if (!(value instanceof Number number) || !(sum instanceof Number so)) {
            refused = true;
            throw new IOException("--reduce sum: the value of " + key
                    + " is no number, so it cannot be added: leave --reduce out, or use a function that gives numbers");
        }
        return exact(decimal(so).add(decimal(number)));
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
