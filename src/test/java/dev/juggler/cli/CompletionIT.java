package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the completion script in a real bash. */
class CompletionIT {
    private static final String ASK = """
        source completion || exit
        ask() {
          COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMPREPLY=()
          _complete_juggler 2>/dev/null
          echo "${COMPREPLY[*]}"
        }
        ask juggler fe
        ask juggler fetch --mod
        ask juggler fetch --model ''
        ask juggler compute --progress p
        ask juggler run --threading-model v
        ask juggler completion ''
        ask juggler ''
        """;

    @TempDir
    private Path folder;

    @Test
    void completesCommandsOptionsAndTheirValues() throws Exception {
        EndedProcess script = JugglerProcess.in(folder).run("completion", "bash");
        assertEquals(0, script.exit());
        Files.write(folder.resolve("completion"), script.out());
        Files.writeString(folder.resolve("ask"), ASK);

        EndedProcess asked;
        try (RunningProcess bash = JugglerProcess.in(folder).launch(List.of("bash", "--norc", "ask"))) {
            asked = bash.await();
        }

        assertEquals(
                List.of(
                        "fetch",
                        "--model",
                        "sequential threads virtual async processes auto",
                        "plain",
                        "virtual-thread",
                        "bash zsh"),
                asked.out().subList(0, 6),
                asked.toString());
        Set<String> commands = Set.of(asked.out().get(6).split(" "));
        assertTrue(commands.containsAll(Set.of("fetch", "compute", "exec", "run", "demo")), asked.toString());
        assertTrue(!commands.contains("aot-training"), "hidden commands are not completed");
    }
}
