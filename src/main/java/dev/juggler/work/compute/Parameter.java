package dev.juggler.work.compute;

import dev.juggler.job.Input;
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
interface Parameter {

    /**
     * The argument for this input. One that is {@link AutoCloseable} is closed after the call.
     *
     * @throws TaskFailure when the input is not what the method takes
     */
    Object argument(Input input) throws TaskFailure, InterruptedException;

    /** The parameter types a function may have; another is one more line here. */
    Map<Class<?>, Parameter> BY_TYPE = Map.ofEntries(
            Map.entry(long.class, Inputs::whole),
            Map.entry(Long.class, Inputs::whole),
            Map.entry(int.class, Inputs::wholeInt),
            Map.entry(Integer.class, Inputs::wholeInt),
            Map.entry(double.class, Inputs::real),
            Map.entry(Double.class, Inputs::real),
            Map.entry(BigInteger.class, Inputs::bigWhole),
            Map.entry(BigDecimal.class, Inputs::decimal),
            Map.entry(String.class, Inputs::text),
            Map.entry(CharSequence.class, Inputs::text),
            Map.entry(Path.class, Inputs::path),
            Map.entry(File.class, input -> Inputs.path(input).toFile()),
            Map.entry(Object.class, Inputs::asItIs),
            Map.entry(Stream.class, FileLines::stream),
            Map.entry(List.class, FileLines::list));

    static boolean isSupported(Method method) {
        return BY_TYPE.containsKey(method.getParameterTypes()[0]) && isOfText(method.getGenericParameterTypes()[0]);
    }

    static Parameter of(Method method) {
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
