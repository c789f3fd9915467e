package dev.juggler.bus;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes records field by field, by their declarations: nested records, sealed types of records, lists, optionals,
 * enums, texts, numbers, durations and bytes. A reader creates instances of the declared types only, whatever the bytes
 * contain. Both sides must be of the same build. Being reflective, it is meant for data that is sent once per job, not
 * once per task.
 */
public final class WireRecords {
    private static final int MAX_DEPTH = 32;

    private WireRecords() {}

    /** Encodes a record. */
    public static byte[] bytes(Record value) {
        WireWriter out = new WireWriter();
        write(value.getClass(), value, out);
        return out.bytes();
    }

    /**
     * Decodes a record of this type.
     *
     * @throws WireException if the bytes do not contain one
     */
    public static <T extends Record> T of(Class<T> type, byte[] bytes) {
        WireReader in = new WireReader(bytes);
        T value = type.cast(present(read(type, in, 0)));
        in.end();
        return value;
    }

    static void write(Type type, @Nullable Object value, WireWriter out) {
        Class<?> raw = raw(type);
        if (!raw.isPrimitive()) {
            out.bits(value == null ? 0 : 1);
        }
        switch (value) {
            case null -> {}
            case Boolean truth -> out.bits(truth ? 1 : 0);
            case Integer number -> out.number(number);
            case Long number -> out.number(number);
            case Double number -> out.fixed(Double.doubleToRawLongBits(number));
            case String text -> out.text(text);
            case byte[] bytes -> out.blob(bytes);
            case Enum<?> one -> out.count(one.ordinal());
            case Duration time -> {
                out.number(time.getSeconds());
                out.count(time.getNano());
            }
            case Optional<?> optional -> write(argument(type), optional.orElse(null), out);
            case List<?> list -> {
                out.count(list.size());
                list.forEach(element -> write(argument(type), element, out));
            }
            case Record fields -> writeRecord(raw, fields, out);
            default ->
                throw new IllegalArgumentException("a " + value.getClass().getName() + " cannot be encoded");
        }
    }

    private static void writeRecord(Class<?> declared, Record fields, WireWriter out) {
        if (declared.isSealed()) {
            int kind = kinds(declared).indexOf(fields.getClass());
            out.count(kind);
        }
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                write(component.getGenericType(), component.getAccessor().invoke(fields), out);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("cannot read " + component, e);
            }
        }
    }

    static @Nullable Object read(Type type, WireReader in, int depth) {
        if (depth > MAX_DEPTH) {
            throw new WireException("a record is nested deeper than " + MAX_DEPTH + " times");
        }
        Class<?> raw = raw(type);
        if (!raw.isPrimitive() && !in.flag()) {
            return raw == Optional.class ? Optional.empty() : null;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return in.flag();
        } else if (raw == int.class || raw == Integer.class) {
            return (int) in.number();
        } else if (raw == long.class || raw == Long.class) {
            return in.number();
        } else if (raw == double.class || raw == Double.class) {
            return Double.longBitsToDouble(in.fixed());
        } else if (raw == String.class) {
            return in.text();
        } else if (raw == byte[].class) {
            return in.blob();
        } else if (raw == Duration.class) {
            return readDuration(in);
        } else if (raw == Optional.class) {
            return Optional.ofNullable(read(argument(type), in, depth + 1));
        } else if (raw == List.class) {
            return readList(argument(type), in, depth);
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[readKind(in, raw.getEnumConstants().length)];
        }
        List<Class<?>> kinds = raw.isSealed() ? kinds(raw) : List.of(raw);
        return readRecord(raw.isSealed() ? kinds.get(readKind(in, kinds.size())) : raw, in, depth);
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new WireException("a value is missing");
        }
        return value;
    }

    private static Duration readDuration(WireReader in) {
        try {
            return Duration.ofSeconds(in.number(), in.small());
        } catch (ArithmeticException e) {
            throw new WireException("a time is out of its range");
        }
    }

    private static int readKind(WireReader in, int kinds) {
        int kind = in.small();
        if (kind >= kinds) {
            throw new WireException("unknown kind: " + kind);
        }
        return kind;
    }

    private static List<Object> readList(Type element, WireReader in, int depth) {
        int size = in.size();
        List<Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(present(read(element, in, depth + 1)));
        }
        return List.copyOf(list);
    }

    private static Object readRecord(Class<?> type, WireReader in, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new WireException(type.getName() + " is not a record");
        }
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(components[i].getGenericType(), in, depth + 1);
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new WireException("not a valid " + type.getSimpleName() + ": " + why.getMessage());
        }
    }

    /** The records of a sealed type, in declaration order. */
    private static List<Class<?>> kinds(Class<?> sealed) {
        List<Class<?>> kinds = new ArrayList<>();
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            if (each.isSealed()) {
                kinds.addAll(kinds(each));
            } else {
                kinds.add(each);
            }
        }
        return kinds;
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
