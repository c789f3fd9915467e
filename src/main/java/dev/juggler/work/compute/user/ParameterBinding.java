package dev.juggler.work.compute.user;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.TaskFailureException;
import dev.juggler.work.compute.function.Utf8Lines;
import java.io.File;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Converts inputs to arguments of a method, by the type of its parameter. */
@FunctionalInterface
interface ParameterBinding {

    /**
     * Returns the argument for an input. The caller closes an {@link AutoCloseable} argument after the call.
     *
     * @throws TaskFailureException when the method does not accept the input
     */
    Object argument(Input input) throws TaskFailureException, InterruptedException;

    /** The supported parameter types. To support another one, add an entry. */
    Map<Class<?>, ParameterBinding> BY_TYPE = Map.ofEntries(
            Map.entry(long.class, InputConversion::toLong),
            Map.entry(Long.class, InputConversion::toLong),
            Map.entry(int.class, InputConversion::toInt),
            Map.entry(Integer.class, InputConversion::toInt),
            Map.entry(double.class, InputConversion::toDouble),
            Map.entry(Double.class, InputConversion::toDouble),
            Map.entry(BigInteger.class, InputConversion::toBigInteger),
            Map.entry(BigDecimal.class, InputConversion::toBigDecimal),
            Map.entry(String.class, InputConversion::toText),
            Map.entry(CharSequence.class, InputConversion::toText),
            Map.entry(Path.class, InputConversion::toPath),
            Map.entry(File.class, input -> InputConversion.toPath(input).toFile()),
            Map.entry(Object.class, InputConversion::toObject),
            Map.entry(Stream.class, Utf8Lines::stream),
            Map.entry(List.class, Utf8Lines::list));

    /** Returns the binding for a method with one parameter, or empty when its type is not supported. */
    static Optional<ParameterBinding> of(Method method) {
        return Optional.ofNullable(BY_TYPE.get(method.getParameterTypes()[0]))
                .filter(_ -> isOfText(method.getGenericParameterTypes()[0]));
    }

    static boolean isSupported(Method method) {
        return of(method).isPresent();
    }

    static String supportedTypes() {
        return "long, int, double, BigInteger, BigDecimal, String, Path, File, Object, Stream<String> or List<String>";
    }

    /** Returns whether a generic type can hold the lines of a file, which are strings. */
    private static boolean isOfText(Type type) {
        return !(type instanceof ParameterizedType generic)
                || generic.getActualTypeArguments()[0].equals(String.class)
                || generic.getActualTypeArguments()[0].getTypeName().startsWith("?");
    }
}
