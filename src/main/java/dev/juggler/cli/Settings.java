package dev.juggler.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The defaults of options out of {@code conf/juggler.json}: for all commands at the top, for one below its name. */
final class Settings {
    private static final String FILE = "juggler.json";
    private final JsonNode own;
    private final JsonNode packaged;

    private Settings(JsonNode own, JsonNode packaged) {
        this.own = own;
        this.packaged = packaged;
    }

    /**
     * Reads the file of this installation, if it has one, and what is packaged.
     *
     * @param namesOf the names of a command's options; null for no such command; of all commands for the empty name
     */
    static Settings load(Function<String, Set<String>> namesOf) {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode packaged = readPackaged(mapper);
        Path file = file();
        JsonNode own = Files.exists(file) ? JsonFile.read(file, file.toString()) : mapper.createObjectNode();
        if (!own.equals(packaged)) {
            check(own, file, namesOf);
        }
        return new Settings(own, packaged);
    }

    /** The file of this installation, whether it is there or not. */
    static Path file() {
        return Home.folder().resolve("conf").resolve(FILE);
    }

    private static JsonNode readPackaged(ObjectMapper mapper) {
        try (InputStream in = Settings.class.getResourceAsStream("/" + FILE)) {
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("the jar holds no readable " + FILE, e);
        }
    }

    private static void check(JsonNode own, Path file, Function<String, Set<String>> namesOf) {
        for (Map.Entry<String, JsonNode> entry : own.properties()) {
            boolean command = entry.getValue().isObject();
            Set<String> known = command ? namesOf.apply(entry.getKey()) : namesOf.apply("");
            if (known == null || (!command && !known.contains(entry.getKey()))) {
                throw CommandFailure.usage(file + ": unknown key '" + entry.getKey() + "'");
            }
            if (entry.getValue().isArray()) {
                throw CommandFailure.usage(file + ": '" + entry.getKey() + "' is a list: give one value");
            }
            if (command) {
                checkKeys(entry.getValue(), file, entry.getKey(), known);
            }
        }
    }

    private static void checkKeys(JsonNode section, Path file, String command, Set<String> known) {
        for (Map.Entry<String, JsonNode> entry : section.properties()) {
            if (!known.contains(entry.getKey()) || entry.getValue().isContainerNode()) {
                throw CommandFailure.usage(file + ": unknown key '" + command + "." + entry.getKey() + "'");
            }
        }
    }

    /** The default of this option of this command, or null. */
    String get(String command, String option) {
        for (JsonNode layer : new JsonNode[] {own, packaged}) {
            JsonNode value = layer.path(command).path(option);
            if (value.isMissingNode() || value.isNull()) {
                value = layer.path(option);
            }
            if (value.isValueNode() && !value.isNull()) {
                return value.asText();
            }
        }
        return null;
    }
}
