package dev.juggler.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes settings to {@code conf/juggler.json}, atomically; its other settings stay. */
public final class SettingsFile implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Path path;
    private final ReservedFile file;

    private SettingsFile(Path path) {
        this.path = path;
        this.file = ReservedFile.at(path);
    }

    /**
     * Checks and reserves the settings file of this installation.
     *
     * @throws CommandFailure when it cannot be written
     */
    public static SettingsFile reserve() {
        Path path = UserSettings.file();
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            // A symbolic link stays: its target is replaced.
            return new SettingsFile(Files.exists(path) ? path.toRealPath() : path);
        } catch (IOException e) {
            throw CommandFailure.output("cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    /** Returns the path of the file. */
    public Path path() {
        return path;
    }

    /** Sets the model and the concurrency of a command. */
    public void write(String command, String model, int concurrency) {
        try {
            ObjectNode all = read();
            ObjectNode section = all.withObjectProperty(command);
            section.put("model", model);
            section.put("concurrency", concurrency);
            file.write((MAPPER.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw CommandFailure.usage(path + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.output("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private ObjectNode read() throws IOException {
        try {
            JsonNode node = MAPPER.readTree(Files.readAllBytes(path));
            return node instanceof ObjectNode object ? object : MAPPER.createObjectNode();
        } catch (NoSuchFileException e) {
            return MAPPER.createObjectNode();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
