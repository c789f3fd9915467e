package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BraceArgumentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h/{1..3}.png  | http://h/1.png http://h/2.png http://h/3.png",
                "p{3..1}              | p3 p2 p1",
                "p{08..11}            | p08 p09 p10 p11",
                "p{1..010..4}         | p001 p005 p009",
                "p{-01..1}            | p-01 p000 p001",
                "p{1..9..4}           | p1 p5 p9",
                "p{9..1..4}           | p9 p5 p1",
                "p{1..9..-4}          | p1 p5 p9",
                "p{a..e}q             | paq pbq pcq pdq peq",
                "{C..A}               | C B A",
                "http://{a,bc}.org/   | http://a.org/ http://bc.org/",
                "page{,s}             | page pages",
                "{1..3,x}             | 1..3 x",
                "{a,b}{1..2}          | a1 a2 b1 b2",
                "{a,b}/{1..2}/{x,y}   | a/1/x a/1/y a/2/x a/2/y b/1/x b/1/y b/2/x b/2/y",
            })
    void bracesAreExpandedAndTheLastVariesFastest(String text, String expected) throws IOException {
        List<String> texts = List.of(expected.split(" "));
        Source source = braces(text);
        assertEquals(OptionalLong.of(texts.size()), source.size());
        assertEquals(texts.stream().<Input>map(Input.Text::new).toList(), Drain.inputs(source, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://h/p?a=1&b=[0]", "http://h/{}", "http://h/{id}/x", "C:\\dir", "17", "1..3", "[1-3]"})
    void otherBracesAreNotExpanded(String text) throws IOException {
        assertEquals(List.of(new Input.Text(text)), Drain.inputs(braces(text), 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\\{a,b\\} | {a,b}", "{a\\,b,c} | a,b c", "x{\\},\\{} | x} x{", "{a\\,b} | {a,b}"})
    void backslashEscapesABraceOrComma(String text, String expected) throws IOException {
        assertEquals(List.of(expected.split(" ")), Drain.keys(braces(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h/{1..3    | the '{' at position 10 has no '}' after it",
                "http://h/1..3}    | the '}' at position 14 has no '{' before it",
                "x{a,{b,c}}        | the '{' at position 5 is inside other braces",
                "x{1..b}           | '{1..b}' is not a range such as {1..100}, {01..10}, {1..9..2} or {a..e}",
                "x{a..Z}           | '{a..Z}' is not a range such as {1..100}, {01..10}, {1..9..2} or {a..e}",
                "x{1..5..0}        | the range '1..5..0' never ends: give a step other than 0",
                "{1..9223372036854775807}{a,b} | its braces expand to more inputs than can be counted",
            })
    void malformedBracesAreRejectedOnOpening(String text, String reason) {
        IllegalArgumentException rejection = assertThrows(IllegalArgumentException.class, () -> braces(text));
        assertEquals("'" + text + "': " + reason + " (--literal does not expand braces)", rejection.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:hunter2@h/{1..", "http://me:{hunter2..}@h/", "http://me:{1..5..0}hunter2@h/"})
    void messagesShowNoPassword(String url) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> braces(url)).getMessage();
        assertTrue(message.startsWith("'http://***@h/") && !message.contains("hunter2"), message);
    }

    @Test
    void aHugeProductStartsAtOnce() throws IOException {
        Source source = braces("{1..1000000}/{1..1000000}/{a,b}");
        assertEquals(OptionalLong.of(2_000_000_000_000L), source.size());
        assertEquals(
                List.of(
                        new Task(0, new Input.Text("1/1/a")),
                        new Task(1, new Input.Text("1/1/b")),
                        new Task(2, new Input.Text("1/2/a"))),
                source.next(3));
    }

    @Test
    void messagesAreOneBoundedLine() {
        String text = "{\n\u001b[31m\u202e" + "x".repeat(1000);
        String message =
                assertThrows(IllegalArgumentException.class, () -> braces(text)).getMessage();
        assertEquals(
                "'{\\u000a\\u001b[31m\\u202e" + "x".repeat(192)
                        + "...': the '{' at position 1 has no '}' after it (--literal does not expand braces)",
                message);
    }

    private static Source braces(String... arguments) {
        return Sources.arguments(List.of(arguments), ExpansionMode.BRACES);
    }
}
