package dev.juggler.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.cli.EndedProcess;
import dev.juggler.cli.JugglerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sources of option values: the command line, variables, the file, and the packaged settings. */
class UserSettingsIT {
    @TempDir
    private Path home;

    @Test
    void anOptionGoesBeforeAVariableBeforeTheFileBeforeTheDefault() throws Exception {
        assertEquals("threads", model(null));

        write("{\"model\": \"sequential\", \"compute\": {\"model\": \"virtual\"}, \"fetch\": {\"model\": \"async\"}}");
        assertEquals("virtual", model(null), "the command's own section goes before the top");

        assertEquals("async", model("async"));
        assertEquals("threads", model("async", "--model", "threads"));
    }

    @Test
    void theVersionNeedsNoSettings() throws Exception {
        write("{");
        EndedProcess ended = juggler().run("--version");
        assertEquals(0, ended.exit(), ended.toString());
        assertEquals(List.of("juggler 0.1.0"), ended.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"modle\": 1}|unknown key 'modle'",
                "{\"compute\": {\"output-dir\": \"x\"}}|unknown key 'compute.output-dir'",
                "{\"compile\": {}}|unknown key 'compile'",
                "{\"model\": \"x\"}|'x' is not a concurrency model",
                "{\"model\": }|line 1: ",
                "{\"model\": \"x\"}|conf/juggler.json: Invalid value for option '--model'",
                "{\"retries\": [1]}|'retries' is a list; give one value",
                "{\"retries\": 1} {}|line 1: there is more after the object",
                "{\"retries\": 1, \"retries\": 2}|line 1: Duplicate field 'retries'",
                "[]|expected a JSON object"
            })
    void whatIsWrongInTheFileIsTold(String json, String told) throws Exception {
        write(json);
        assertRefused(juggler(), told);
    }

    @Test
    void whatIsNestedTooDeeplyIsTold() throws Exception {
        write("{\"fetch\": ".repeat(1_200) + "{}" + "}".repeat(1_200));
        assertRefused(juggler(), "juggler.json: Document nesting depth");
    }

    @ParameterizedTest
    @CsvSource({
        "JUGGLER_MODLE,x,JUGGLER_MODLE does not name an option",
        "JUGGLER_RETRIES,x,'x' is not a whole number",
        "JUGGLER_RETRIES,x,environment variable JUGGLER_RETRIES: Invalid value"
    })
    void whatIsWrongInTheVariablesIsTold(String name, String value, String told) throws Exception {
        assertRefused(juggler().variable(name, value), told);
    }

    @Test
    void aMistakeOnTheCommandLineIsNotBlamedOnASetting() throws Exception {
        EndedProcess ended = juggler().variable("JUGGLER_RETRIES", "3").run("compute", "square", "1", "--retries", "x");
        assertTrue(
                ended.err().getFirst().startsWith("juggler: Invalid value for option '--retries': 'x'"),
                ended.toString());
    }

    private static void assertRefused(JugglerProcess juggler, String told) throws Exception {
        EndedProcess ended = juggler.run("compute", "square", "1");
        assertEquals(2, ended.exit(), ended.toString());
        assertEquals(List.of(), ended.out());
        assertEquals(1, ended.err().size(), ended.toString());
        assertTrue(ended.err().getFirst().contains(told), ended.toString());
    }

    private String model(String variable, String... options) throws Exception {
        JugglerProcess juggler = juggler();
        if (variable != null) {
            juggler.variable("JUGGLER_MODEL", variable);
        }
        String[] command = {"compute", "square", "1", "--json"};
        String[] all = java.util.stream.Stream.of(command, options)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
        return juggler.run(all).report().get("model").asText();
    }

    private JugglerProcess juggler() {
        return JugglerProcess.in(home).home(home);
    }

    private void write(String json) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("juggler.json"), json);
    }
}
