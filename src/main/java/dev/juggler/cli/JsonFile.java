package dev.juggler.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of settings that people write: one JSON object, and nothing in it that would silently count for nothing. */
final class JsonFile {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);

    private JsonFile() {}

    /**
     * Reads the file.
     *
     * @param name what it is called in messages
     * @throws CommandFailure when it cannot be read, or is no object; with the line where there is one
     */
    static JsonNode read(Path file, String name) {
        try {
            JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
            if (!node.isObject()) {
                throw CommandFailure.usage(name + ": expected a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw CommandFailure.usage(name + ": line " + e.getLocation().getLineNr() + ": " + complaint(e), e);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage(name + " cannot be read: there is no such file", e);
        } catch (IOException e) {
            throw CommandFailure.usage(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Of one line, and without where the parser's own objects began, which names its switches. */
    private static String complaint(JsonProcessingException e) {
        return Errors.firstLine(e.getOriginalMessage()).replaceFirst(" \\(start marker at .*", "");
    }
}
