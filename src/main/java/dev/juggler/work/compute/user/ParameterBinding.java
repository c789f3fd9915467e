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
import java.util.stream.Stream;

/** How an input becomes the argument of a method, by the type of its parameter. */
@FunctionalInterface
interface ParameterBinding {

    /**
     * The argument for this input. One that is {@link AutoCloseable} is closed after the call.
     *
     * @throws TaskFailureException when the input is not what the method takes
     */
    Object argument(Input input) throws TaskFailureException, InterruptedException;

    /** The parameter types a function may have; another is one more line here. */
    Map<Class<?>, ParameterBinding> BY_TYPE = Map.ofEntries(
            Map.entry(long.class, InputConversion::whole),
            Map.entry(Long.class, InputConversion::whole),
            Map.entry(int.class, InputConversion::wholeInt),
            Map.entry(Integer.class, InputConversion::wholeInt),
            Map.entry(double.class, InputConversion::real),
            Map.entry(Double.class, InputConversion::real),
            Map.entry(BigInteger.class, InputConversion::bigWhole),
            Map.entry(BigDecimal.class, InputConversion::decimal),
            Map.entry(String.class, InputConversion::text),
            Map.entry(CharSequence.class, InputConversion::text),
            Map.entry(Path.class, InputConversion::path),
            Map.entry(File.class, input -> InputConversion.path(input).toFile()),
            Map.entry(Object.class, InputConversion::asItIs),
            Map.entry(Stream.class, Utf8Lines::stream),
            Map.entry(List.class, Utf8Lines::list));

    static boolean isSupported(Method method) {
        return BY_TYPE.containsKey(method.getParameterTypes()[0]) && isOfText(method.getGenericParameterTypes()[0]);
    }

    static ParameterBinding of(Method method) {
        return BY_TYPE.get(method.getParameterTypes()[0]);
    }

    static String supportedTypes() {
        return "long, int, double, BigInteger, BigDecimal, String, Path, File, Object, Stream<String> or List<String>";
    }

    /** The lines of a file are strings, so a list of anything else cannot be filled. */
    private static boolean isOfText(Type type) {
        return !(type instanceof ParameterizedType generic)
                || generic.getActualTypeArguments()[0].equals(String.class)
                || generic.getActualTypeArguments()[0].getTypeName().startsWith("?");
    }
}
