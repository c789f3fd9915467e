package dev.juggler.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads journals without Juggler's own classes. */
final class JournalRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JournalRows() {}

    /** The keys of all successes, in the order they were written, without a torn last row. */
    static List<String> succeeded(Path journal) throws IOException {
        List<String> keys = new ArrayList<>();
        String text = Files.exists(journal) ? Files.readString(journal) : "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            JsonNode row = JSON.readTree(line);
            if (row.path("state").asText().equals("succeeded")) {
                keys.add(row.get("key").asText());
            }
        }
        return keys;
    }
}
