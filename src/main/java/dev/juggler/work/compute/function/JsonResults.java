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
import org.jspecify.annotations.Nullable;

/**
 * Converts the return values of functions to JSON values. Numbers keep their exact value; NaN and the infinities, for
 * which JSON has no number, become the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}; bytes become
 * Base64; an empty Optional becomes null; Jackson converts records, beans and arrays. Safe to use from any thread.
 */
public final class JsonResults {
    /**
     * Made on first use, one per function: a mapper caches classes, so a shared one would keep a job's class loader
     * alive after the job.
     */
    private volatile @Nullable ObjectMapper mapper;

    /**
     * Returns the immutable JSON value of a returned object.
     *
     * @throws TaskFailureException when it cannot be converted, as an object that contains itself
     */
    public @Nullable Object of(@Nullable Object returned) throws TaskFailureException {
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

    /** Returns a JSON object with these members in this order. */
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

    private @Nullable Object converted(Object returned) throws TaskFailureException {
        try {
            return frozen(mapper().convertValue(returned, Object.class));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw notConvertible(returned, message.lines().findFirst().orElse(message), e);
        } catch (StackOverflowError e) {
            throw notConvertible(returned, "it contains itself or is nested too deeply", e);
        }
    }

    private static TaskFailureException notConvertible(Object returned, String why, Throwable cause) {
        return TaskFailureException.badValue(
                "the function returned a " + returned.getClass().getName() + ", which cannot be converted to JSON: "
                        + why,
                cause);
    }

    private static @Nullable Object frozen(@Nullable Object value) {
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
        ObjectMapper current = mapper;
        if (current == null) {
            current = new ObjectMapper().registerModule(textTypes());
            mapper = current;
        }
        return current;
    }

    /** Serializes paths as plain text, where Jackson would make URIs of them, and times in ISO form. */
    private static SimpleModule textTypes() {
        return new SimpleModule()
                .addSerializer(Path.class, ToStringSerializer.instance)
                .addSerializer(TemporalAccessor.class, ToStringSerializer.instance)
                .addSerializer(TemporalAmount.class, ToStringSerializer.instance);
    }
}
