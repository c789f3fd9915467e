package dev.juggler.work.compute.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What functions return, as JSON values. Numbers keep their exact value; NaN and the infinities, for which JSON has no
 * number, become the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}; bytes become Base64; an empty
 * Optional becomes null; records, beans and arrays become what Jackson makes of them. Safe to use from any thread.
 */
public final class JsonResults {
    /**
     * One a function, not one for all: it remembers classes, and would keep a job's class loader alive after the job.
     */
    private volatile ObjectMapper mapper;

    /**
     * The JSON value, immutable.
     *
     * @throws TaskFailureException when there is none, as for an object that contains itself
     */
    public Object of(Object returned) throws TaskFailureException {
        return switch (returned) {
            case null -> null;
            case Long number -> number;
            case String text -> text;
            case Optional<?> optional -> of(optional.orElse(null));
            case Stream<?> stream -> converted(stream.toList());
            case Path path -> path.toString();
            default -> isPlain(returned) ? frozen(returned) : converted(returned);
        };
    }

    /** A JSON object of these members, in their order; for built-in functions. */
    @SafeVarargs
    public static Map<String, Object> object(Map.Entry<String, ?>... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Map.Entry<String, ?> member : members) {
            object.put(member.getKey(), member.getValue());
        }
        return Collections.unmodifiableMap(object);
    }

    private static boolean isPlain(Object value) {
        return value instanceof Boolean
                || value instanceof CharSequence
                || value instanceof Integer
                || value instanceof Double
                || value instanceof BigInteger
                || value instanceof BigDecimal;
    }

    private Object converted(Object returned) throws TaskFailureException {
        try {
            return frozen(mapper().convertValue(returned, Object.class));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw withoutForm(returned, message.lines().findFirst().orElse(message), e);
        } catch (StackOverflowError e) {
            throw withoutForm(returned, "it contains itself, or is nested too deep", e);
        }
    }

    private static TaskFailureException withoutForm(Object returned, String why, Throwable cause) {
        return TaskFailureException.badValue(
                "the function returned a " + returned.getClass().getName() + ", which has no form in JSON: " + why,
                cause);
    }

    private static Object frozen(Object value) {
        return switch (value) {
            case Double number when !Double.isFinite(number) -> number.toString();
            case Float number when !Float.isFinite(number) -> number.toString();
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case List<?> list -> frozen(list);
            case Map<?, ?> map -> frozen(map);
            case CharSequence text -> text.toString();
            case null, default -> value;
        };
    }

    private static List<Object> frozen(List<?> list) {
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(frozen(element)));
        return Collections.unmodifiableList(copy);
    }

    private static Map<String, Object> frozen(Map<?, ?> map) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> copy.put(String.valueOf(key), frozen(value)));
        return Collections.unmodifiableMap(copy);
    }

    private ObjectMapper mapper() {
        ObjectMapper made = mapper;
        if (made == null) {
            made = new ObjectMapper().registerModule(textual());
            mapper = made;
        }
        return made;
    }

    /** Paths as they are written (Jackson would make URIs of them), times in ISO form. */
    private static SimpleModule textual() {
        return new SimpleModule()
                .addSerializer(Path.class, ToStringSerializer.instance)
                .addSerializer(TemporalAccessor.class, ToStringSerializer.instance)
                .addSerializer(TemporalAmount.class, ToStringSerializer.instance);
    }
}
