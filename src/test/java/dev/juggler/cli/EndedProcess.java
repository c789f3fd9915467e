package dev.juggler.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** The exit code and the output lines of a process that ended. */
public record EndedProcess(int exit, List<String> out, List<String> err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The lines of stdout, parsed as JSON. */
    public List<JsonNode> rows() throws JsonProcessingException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : out) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    /** The report of a run with {@code --json}. */
    public JsonNode report() throws JsonProcessingException {
        return rows().getFirst();
    }

    /** A count in that report. */
    long count(String name) throws JsonProcessingException {
        return report().get("counts").get(name).asLong();
    }
}
