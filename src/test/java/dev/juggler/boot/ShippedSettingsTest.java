package dev.juggler.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.cli.command.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedSettingsTest {
    private static final Path SHIPPED = Path.of("conf", "juggler.json");

    @TempDir
    private Path folder;

    @Test
    void areWhatTheFileSays() {
        assertEquals(JsonFile.read(SHIPPED, SHIPPED.toString()), ShippedSettings.ALL);
    }

    @Test
    void aFileIsAsShippedOnlyByteForByte() throws Exception {
        assertTrue(ShippedFile.is(SHIPPED, "juggler.json"));
        Path changed = folder.resolve("juggler.json");
        assertFalse(ShippedFile.is(changed, "juggler.json"));
        Files.writeString(changed, Files.readString(SHIPPED).replace("\"retries\": 0", "\"retries\": 1"));
        assertFalse(ShippedFile.is(changed, "juggler.json"));
    }
}
