package dev.juggler.cli.command;

import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Durations;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.ProcessModel;
import dev.juggler.job.Rate;
import dev.juggler.work.NearestName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the values of options to the types of jobs. */
public final class Converters {
    private Converters() {}

    /** Registers the converters of all types. */
    public static void register(CommandLine line) {
        line.registerConverter(Integer.class, of(Converters::wholeNumber));
        line.registerConverter(Duration.class, of(Durations::parse));
        line.registerConverter(Chunking.class, of(Chunking::parse));
        line.registerConverter(HaltPolicy.class, of(HaltPolicy::parse));
        line.registerConverter(ConcurrencyOption.class, of(ConcurrencyOption::parse));
        line.registerConverter(ProcessModel.class, of(ProcessModel::parse));
        line.registerConverter(Rate.class, of(Rate::parse));
        line.registerConverter(ConcurrencyModel.class, of(Converters::model));
    }

    private static final List<String> MODELS = Stream.concat(
                    Arrays.stream(ConcurrencyModel.values()).map(ConcurrencyModel::id), Stream.of("auto"))
            .toList();

    private static Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number, or too large", e);
        }
    }

    /** Parses the name of a model; null for auto, which lets the run choose. */
    private static @Nullable ConcurrencyModel model(String name) {
        if (name.equals("auto")) {
            return null;
        }
        return ConcurrencyModel.named(name)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not a concurrency model: there are "
                        + ConcurrencyModel.names() + ", auto" + NearestName.question(name, MODELS)));
    }

    /** Returns the converter of a parser; the message of its IllegalArgumentException is for the user. */
    public static <T> ITypeConverter<T> of(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
