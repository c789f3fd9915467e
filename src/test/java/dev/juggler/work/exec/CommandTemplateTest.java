package dev.juggler.work.exec;

import static dev.juggler.work.exec.ExecStyle.argv;
import static dev.juggler.work.exec.ExecStyle.shell;
import static dev.juggler.work.exec.ExecStyle.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.InvalidWorkException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTemplateTest {

    /** Compares {.} {/} {//} {/.} with the results of GNU parallel 20221122. */
    @ParameterizedTest
    @CsvSource({
        ".bashrc,    '',      .bashrc,  ., ''",
        "a.b/c,      a.b/c,   c,        a.b, c",
        "a.b/c.,     a.b/c,   c.,       a.b, c",
        "x.tar.gz,   x.tar,   x.tar.gz, ., x.tar",
        "a/b/,       a/b/,    '',       a, ''",
        "/,          /,       '',       /, ''",
        "/x,         /x,      x,        /, x",
        "a//b,       a//b,    b,        a, b",
        "./.x,       ./,      .x,       ., ''",
        "'',         '',      '',       ., ''",
    })
    void placeholdersSplitPathsAsGnuParallelDoes(
            String input, String noExtension, String base, String dir, String stem) {
        List<String> args = CommandTemplate.of(argv("echo", "{}", "{.}", "{/}", "{//}", "{/.}"))
                .argv(task(0, input));

        assertEquals(List.of("echo", input, noExtension, base, dir, stem), args);
    }

    @Test
    void taskNumberCountsFromOne() {
        assertEquals(
                List.of("echo", "n7:x"),
                CommandTemplate.of(argv("echo", "n{#}:{}")).argv(task(6, "x")));
    }

    @Test
    void inputIsAppendedOnlyWhenThereIsNoPlaceholder() {
        assertEquals(
                List.of("echo", "-n", "x"),
                CommandTemplate.of(argv("echo", "-n")).argv(task(0, "x")));
        assertEquals(
                List.of("echo", "1"), CommandTemplate.of(argv("echo", "{#}")).argv(task(0, "x")));
    }

    @Test
    void unknownBracesRemainText() {
        assertEquals(
                List.of("echo", "{x} {} {1}".replace("{}", "in")),
                CommandTemplate.of(argv("echo", "{x} {} {1}")).argv(task(0, "in")));
    }

    @Test
    void placeholdersInAnInputRemainText() {
        assertEquals(
                List.of("echo", "{/}{#}"),
                CommandTemplate.of(argv("echo", "{}")).argv(task(0, "{/}{#}")));
    }

    @Test
    void programMayComeFromTheInput() {
        assertEquals(
                List.of("nosuch", "-v"), CommandTemplate.of(argv("{}", "-v")).argv(task(0, "nosuch")));
    }

    @Test
    void inputWithNulIsRejected() {
        CommandTemplate template = CommandTemplate.of(argv("echo"));

        assertThrows(IllegalArgumentException.class, () -> template.argv(task(0, "a\0b")));
    }

    @Test
    void loneSurrogateIsRejected() {
        CommandTemplate template = CommandTemplate.of(argv("echo"));

        assertThrows(IllegalArgumentException.class, () -> template.argv(task(0, "a\uD800b")));
    }

    @Test
    void shellReceivesInputsInVariables() {
        assertEquals(
                List.of("/bin/sh", "-c", "j_input='it'\\''s'; gzip -c \"$j_input\" > \"$j_input\".gz"),
                CommandTemplate.of(shell("gzip", "-c", "{}", ">", "{}.gz")).argv(task(0, "it's")));
    }

    @Test
    void invalidCommandsAreRejectedWithAReason() {
        assertTrue(rejection(new ExecSpec(List.of(), false, 1)).contains("no command"));
        assertTrue(rejection(argv("no-such-program")).contains("'no-such-program' in PATH"));
        assertTrue(rejection(argv("./no-such-file")).contains("no file './no-such-file'"));
        assertTrue(rejection(argv("/tmp")).contains("is a folder"));
        assertTrue(rejection(argv("/etc/passwd")).contains("chmod +x"));
        assertTrue(rejection(argv("echo", "a\0b")).contains("word 2"));
        assertTrue(rejection(shell("echo '{}'")).contains("single quotes"));
        assertTrue(rejection(shell("cat <<'E'\n{}\nE")).contains("here-document with a quoted delimiter"));
        assertTrue(rejection(shell("cat <<\\E\n{}\nE")).contains("here-document with a quoted delimiter"));
    }

    private static String rejection(ExecSpec spec) {
        String message = assertThrows(InvalidWorkException.class, () -> CommandTemplate.of(spec))
                .getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }
}
