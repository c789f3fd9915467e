package dev.juggler.work.exec;

import static dev.juggler.work.exec.ExecStyle.argv;
import static dev.juggler.work.exec.ExecStyle.shell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.juggler.job.Result;
import dev.juggler.job.Value.Exited;
import dev.juggler.job.WorkSpec.ExecSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes inputs that a shell could execute. */
class HostileInputTest {
    @TempDir
    private Path folder;

    static Stream<String> hostileInputs() {
        return Stream.of(
                "$(touch hit)",
                "`touch hit`",
                "'; touch hit; '",
                "\"; touch hit; \"",
                "a\nb  c\n",
                "-n",
                "--",
                "* ? [a] ~ !x \\n \\",
                "'\"'\"'",
                "${IFS} $HOME",
                "tab\there",
                "é☃",
                "");
    }

    @ParameterizedTest
    @MethodSource("hostileInputs")
    void argumentArrivesUnchanged(String input) throws Exception {
        assertEquals("[" + input + "]", stdout(argv("printf", "[%s]", "{}"), input));
    }

    @ParameterizedTest
    @MethodSource("hostileInputs")
    void shellArgumentArrivesUnchangedWithAndWithoutDoubleQuotes(String input) throws Exception {
        assertEquals("[" + input + "]", stdout(shell("printf '[%s]' {}"), input));
        assertEquals("[" + input + "]", stdout(shell("printf '[%s]' \"{}\""), input));
        assertEquals("[x" + input + "y]", stdout(shell("printf [%s] \"$(printf %s x{}y)\""), input));
    }

    @ParameterizedTest
    @MethodSource("hostileInputs")
    void inputArrivesUnchangedInAHereDocument(String input) throws Exception {
        assertEquals("it's \"" + input + "\"\n", stdout(shell("cat <<E\nit's \"{}\"\nE\n"), input));
        assertEquals(
                input + "E\n\\E\n[" + input + "]", stdout(shell("cat <<E; printf '[%s]' {}\n{}E\n\\\\E\nE\n"), input));
    }

    @Test
    void quotesAreTrackedAfterHereDocuments() throws Exception {
        assertEquals("a 7\nb 7 \"7\"\n", stdout(shell("cat <<A; cat <<-B # it's\na {}\nA\n\tb {} \"{}\"\n\tB\n"), "7"));
        assertEquals("x y\n[x y]", stdout(shell("cat <<E\n$(echo {})\nE\nprintf [%s] \"{}\""), "x y"));
        assertEquals("8\n6 '6'\n", stdout(shell("echo $((1<<3))\ncat <<E\n$(({} - 1)) '$((1*({}-1)))'\nE"), "7"));
    }

    @Test
    void noQuotingMakesAnInputCode() throws Exception {
        String mark = folder.resolve("hit").toString();
        String hostile = "$(touch " + mark + ")`touch " + mark + "`';touch " + mark + ";'\";touch " + mark + ";\"";
        for (String script : List.of(
                "echo \"$(echo \"{}\")\"",
                "# it's a comment\necho {}",
                "case x in x) echo \"$(case y in y) echo {};; esac)\";; esac",
                "cat <<E\n{}\nE",
                "echo `echo {}`",
                "echo \\{}",
                "f() { echo {}; }; set -- x; f y")) {
            assertInstanceOf(
                    Exited.class, ExecStyle.BLOCKING.run(shell(script), hostile).value(), script);
            assertFalse(Files.exists(folder.resolve("hit")), script);
        }
    }

    @Test
    void numbersCanBeUsedInArithmetic() throws Exception {
        assertEquals("1\n", stdout(shell("echo $(({} % 2))"), "7"));
        assertEquals("8\n", stdout(shell("echo $((5-{}))"), "-3"));
        assertEquals("<14 7>\n", stdout(shell("echo \"<$(( ({}) * (1 + {#}) )) {}>\""), "7"));
        assertEquals("9 a b\n", stdout(shell("x=$(( $(echo {}) + 2 )); echo $x 'a' \"b\""), "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[$(touch hit)]", "x", "", "1; touch hit", "1 2", "0x", "1\n"})
    void arithmeticAcceptsOnlyNumbers(String input) throws Exception {
        Result result = ExecStyle.BLOCKING.run(shell("cd " + folder + "; echo $(({} % 2))"), input);

        assertEquals("input", result.error().type());
        assertEquals(
                "{} is in shell arithmetic, $((...)), but is not a whole number for this input",
                result.error().message());
        assertFalse(Files.exists(folder.resolve("hit")));
    }

    private static String stdout(ExecSpec spec, String input) throws Exception {
        Result result = ExecStyle.BLOCKING.run(spec, input);
        return assertInstanceOf(
                        Exited.class,
                        assertInstanceOf(Result.Succeeded.class, result).value())
                .stdout()
                .text();
    }
}
