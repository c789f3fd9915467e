package dev.juggler.bus;

import dev.juggler.job.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes the values of tasks. The constants are part of the format: a new kind needs a new number. */
final class WireValues {
    /** The writer rejects values that are nested deeper, so that no reader's stack overflows. */
    private static final int MAX_DEPTH = 500;

    /**
     * The initial capacity of a list or map at most. Each of hundreds of nested lists may claim that all the rest of
     * the message is its elements.
     */
    private static final int MAX_CAPACITY = 64;

    private static final int ABSENT = 0;
    private static final int FETCHED = 1;
    private static final int EXITED = 2;
    private static final int COMPUTED = 3;

    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INT = 3;
    private static final int LONG = 4;
    private static final int DOUBLE = 5;
    private static final int BIG_INTEGER = 6;
    private static final int BIG_DECIMAL = 7;
    private static final int TEXT = 8;
    private static final int LIST = 9;
    private static final int MAP = 10;
    private static final int FLOAT = 11;

    private WireValues() {}

    static void write(@Nullable Value value, WireWriter out) {
        switch (value) {
            case null -> out.bits(ABSENT);
            case Value.Fetched fetched -> {
                out.bits(FETCHED);
                WireRecords.write(Value.Fetched.class, fetched, out);
            }
            case Value.Exited exited -> {
                out.bits(EXITED);
                out.number(exited.exit());
                write(exited.stdout(), out);
                write(exited.stderr(), out);
            }
            case Value.Computed(Object json) -> {
                out.bits(COMPUTED);
                write(json, out, 0);
            }
        }
    }

    private static void write(Value.Output output, WireWriter out) {
        out.blob(output.bytes());
        out.number(output.length());
        out.optional(output.file());
    }

    static @Nullable Value read(WireReader in) {
        int kind = in.bits();
        return switch (kind) {
            case ABSENT -> null;
            case FETCHED -> present(WireRecords.read(Value.Fetched.class, in, 0));
            case EXITED -> new Value.Exited((int) in.number(), readOutput(in), readOutput(in));
            case COMPUTED -> new Value.Computed(readJson(in, 0));
            default -> throw new WireException("unknown kind of value: " + kind);
        };
    }

    private static Value present(@Nullable Object value) {
        if (value instanceof Value present) {
            return present;
        }
        throw new WireException("a value is missing");
    }

    private static Value.Output readOutput(WireReader in) {
        return new Value.Output(in.blob(), in.number(), in.optional());
    }

    private static void write(@Nullable Object json, WireWriter out, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a value is nested deeper than " + MAX_DEPTH + " times");
        }
        switch (json) {
            case null -> out.bits(NULL);
            case Boolean truth -> out.bits(truth ? TRUE : FALSE);
            case Integer number -> tagged(INT, number, out);
            case Short number -> tagged(INT, number, out);
            case Byte number -> tagged(INT, number, out);
            case Long number -> tagged(LONG, number, out);
            case Double number -> {
                out.bits(DOUBLE);
                out.fixed(Double.doubleToRawLongBits(number));
            }
            case Float number -> {
                out.bits(FLOAT);
                out.number(Float.floatToRawIntBits(number));
            }
            case BigInteger number -> {
                out.bits(BIG_INTEGER);
                out.blob(number.toByteArray());
            }
            case BigDecimal number -> {
                out.bits(BIG_DECIMAL);
                out.blob(number.unscaledValue().toByteArray());
                out.number(number.scale());
            }
            case CharSequence text -> {
                out.bits(TEXT);
                out.text(text.toString());
            }
            case List<?> list -> {
                out.bits(LIST);
                out.count(list.size());
                list.forEach(element -> write(element, out, depth + 1));
            }
            case Map<?, ?> map -> {
                out.bits(MAP);
                out.count(map.size());
                map.forEach((key, value) -> {
                    out.text(String.valueOf(key));
                    write(value, out, depth + 1);
                });
            }
            default ->
                throw new IllegalArgumentException(
                        "a value of " + json.getClass().getName() + " is not JSON");
        }
    }

    private static void tagged(int kind, long number, WireWriter out) {
        out.bits(kind);
        out.number(number);
    }

    private static @Nullable Object readJson(WireReader in, int depth) {
        if (depth > MAX_DEPTH) {
            throw new WireException("a value is nested deeper than " + MAX_DEPTH + " times");
        }
        int kind = in.bits();
        return switch (kind) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case INT -> (int) in.number();
            case LONG -> in.number();
            case DOUBLE -> Double.longBitsToDouble(in.fixed());
            case FLOAT -> Float.intBitsToFloat((int) in.number());
            case BIG_INTEGER -> bigInteger(in);
            case BIG_DECIMAL -> new BigDecimal(bigInteger(in), (int) in.number());
            case TEXT -> in.text();
            case LIST -> readList(in, depth);
            case MAP -> readMap(in, depth);
            default -> throw new WireException("unknown kind of JSON value: " + kind);
        };
    }

    private static BigInteger bigInteger(WireReader in) {
        byte[] bytes = in.blob();
        if (bytes.length == 0) {
            throw new WireException("a number without digits");
        }
        return new BigInteger(bytes);
    }

    private static List<@Nullable Object> readList(WireReader in, int depth) {
        int size = in.size();
        List<@Nullable Object> list = new ArrayList<>(Math.min(size, MAX_CAPACITY));
        for (int i = 0; i < size; i++) {
            list.add(readJson(in, depth + 1));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> readMap(WireReader in, int depth) {
        int size = in.size();
        Map<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(Math.min(size, MAX_CAPACITY));
        for (int i = 0; i < size; i++) {
            map.put(in.text(), readJson(in, depth + 1));
        }
        return Collections.unmodifiableMap(map);
    }
}
