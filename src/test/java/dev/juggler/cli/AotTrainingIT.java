package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AotTrainingIT {
    @TempDir
    private Path folder;

    /** Checks the training itself, because a failure only shows in starts that take three times as long. */
    @ParameterizedTest
    @ValueSource(strings = {"--short", "--cluster"})
    void trainingSucceeds(String flavour) throws Exception {
        EndedProcess training = JugglerProcess.in(folder).run("aot-training", flavour);
        assertEquals(0, training.exit(), () -> training.err().toString());
    }
}
