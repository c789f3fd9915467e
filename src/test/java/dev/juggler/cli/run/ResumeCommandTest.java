package dev.juggler.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.report.SafeText;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumeCommandTest {
    @Test
    void addsTheOptionOnceBeforeTheOtherCommand() {
        List<String> own = List.of("exec", "--journal", "j", "1..3");
        List<String> resumed = List.of("exec", "--journal", "j", "1..3", "--resume");
        List<String> tail = List.of("echo", "a b");

        assertEquals("./run.sh exec --journal j 1..3 --resume -- echo 'a b'", new ResumeCommand(own, tail).command());
        assertEquals(
                "./run.sh exec --journal j 1..3 --resume -- echo 'a b'", new ResumeCommand(resumed, tail).command());
        assertEquals("./run.sh exec --journal j 1..3 --resume", new ResumeCommand(own, null).command());
    }

    @Test
    void whatIsShownHasNothingThatMovesTheCursorAndBashTakesItBack() throws Exception {
        List<String> words = List.of("a b", "it's", "\u001b[31mit's", "a\nb\\n", "a\u202eb", "\u001bé\"$HOME");
        String shown = ResumeCommand.shown(words);
        assertEquals(SafeText.of(shown), shown);
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", "printf '%s\\0' " + shown);
        bash.environment().put("LC_ALL", "C.UTF-8");

        String back = new String(bash.start().getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertEquals(String.join("\0", words) + "\0", back);
    }

    @Test
    void aShellTakesTheWordsBackAsTheyWere() throws Exception {
        List<String> words = List.of(
                "", " ", "a b", "it's", "'", "$HOME", "`id`", "a\nb", "\\", "*", "~", "{a,b}", "#", "!x", "é", "a;b",
                "-n", "\"", "a=b", "\t");
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + ResumeCommand.quoted(words)).start();

        String back = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertEquals(String.join("\0", words) + "\0", back);
    }
}
