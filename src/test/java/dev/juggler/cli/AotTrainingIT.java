package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotTrainingIT {
    @TempDir
    private Path folder;

    /** When it fails there is no cache, and all that anybody sees of it is a start that takes three times as long. */
    @Test
    void allThatIsTrainedSucceeds() throws Exception {
        Ended training = Juggler.in(folder).run("aot-training", "--cluster");
        assertEquals(0, training.exit(), () -> training.err().toString());
    }
}
