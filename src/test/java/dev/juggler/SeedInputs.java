package dev.juggler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The committed inputs of a fuzz test, as bytes: the files below the resource folder that is named like the class with
 * {@code Inputs} behind it, which is where Jazzer looks for seeds and saves its findings. The empty input comes first.
 */
public final class SeedInputs implements ArgumentsProvider {
    private static final Path RESOURCES = Path.of("src/test/resources");

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context)
            throws IOException {
        String name = context.getRequiredTestClass().getName().replace('.', '/') + "Inputs";
        Stream<Arguments> empty = Stream.of(Arguments.of(Named.of("nothing", new byte[0])));
        Stream<Path> files = Files.walk(RESOURCES.resolve(name)).filter(Files::isRegularFile);
        return Stream.concat(empty, files.sorted().map(SeedInputs::seed));
    }

    private static Arguments seed(Path file) {
        try {
            return Arguments.of(Named.of(file.getFileName().toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
