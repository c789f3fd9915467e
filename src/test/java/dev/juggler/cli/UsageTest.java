package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests usage errors: one line on stderr that names the mistake, nothing run, no files left behind. */
class UsageTest {
    private static final int WIDTH = 80;

    @TempDir
    private Path folder;

    /** Arguments in which {@code FOLDER} stands for the test's folder, with the exit code and a part of the message. */
    private record Row(int exit, String said, String... words) {
        @Override
        public String toString() {
            return String.join(" ", words);
        }
    }

    private static Row usage(String said, String... words) {
        return new Row(2, said, words);
    }

    private static Row output(String said, String... words) {
        return new Row(5, said, words);
    }

    static Stream<Row> commandsAndNumbers() {
        return Stream.of(
                usage(
                        "there is no command 'fecth'; did you mean 'fetch'? (see 'juggler --help')",
                        "fecth",
                        "http://h/"),
                usage("there is no command 'x' (see 'juggler --help')", "x"),
                usage("Unknown option: '--retry'; did you mean '--retries'?", "fetch", "--retry", "3", "http://h/"),
                usage("Unknown option: '--tmeout=3s'; did you mean '--timeout'?", "fetch", "--tmeout=3s", "http://h/"),
                usage("auto; did you mean 'threads'?", "fetch", "-m", "threds", "http://h/"),
                usage(
                        "write the command to run after --, as in 'juggler compare -- fetch …'",
                        "compare",
                        "fetch",
                        "http://h/"),
                usage("Unknown option: '--nosuch' (see 'juggler fetch --help')", "fetch", "--nosuch", "http://h/"),
                usage("'nosuch' is not a concurrency model: there are seq", "fetch", "-m", "nosuch", "http://h/"),
                usage("a\\u001b[31mb", "fetch", "-m", "a\u001b[31mb", "http://h/"),
                usage("-n is at least 1, not 0", "fetch", "-n", "0", "http://h/"),
                usage("'x' is neither auto nor a whole number", "fetch", "-n", "x", "http://h/"),
                usage(
                        "'99999999999' is neither auto nor a whole number, or too large",
                        "fetch",
                        "-n",
                        "99999999999",
                        "http://h/"),
                usage("leave out -n 3", "fetch", "-m", "sequential", "-n", "3", "http://h/"),
                usage("leave out -n auto", "fetch", "-m", "sequential", "-n", "auto", "http://h/"),
                usage("--max is at least 1, not 0", "fetch", "-n", "auto", "--max", "0", "http://h/"),
                usage("--max N goes with -n auto", "fetch", "-n", "4", "--max", "9", "http://h/"),
                usage("'5' is not a duration", "fetch", "--timeout", "5", "http://h/"),
                usage("'0s' is zero", "fetch", "--deadline", "0s", "http://h/"),
                usage("after at least 1 failure, not 0", "fetch", "--halt", "0", "http://h/"),
                usage("'x' is not a halt policy", "fetch", "--halt", "x", "http://h/"),
                usage("at least 1 task, not 0", "fetch", "--chunk", "0", "http://h/"),
                usage("'0/s' is not a rate", "fetch", "--rate", "0/s", "http://h/"),
                usage("retries range from 0", "fetch", "--retries", "-1", "http://h/"),
                usage("--max-redirects is at least 0", "fetch", "--max-redirects", "-1", "http://h/"),
                usage("'A B' is not a supported method", "fetch", "-X", "A B", "http://h/"),
                usage("a --header has no name", "fetch", "-H", "nocolon", "http://h/"),
                usage("expected one of [auto, plain, none]", "fetch", "--progress", "x", "http://h/"),
                usage("--jsonl and --json both claim stdout", "fetch", "--json", "--jsonl", "http://h/"),
                usage("--resume needs --journal FILE", "fetch", "--resume", "http://h/"),
                usage("expected one of [bash, zsh]", "completion", "fish"));
    }

    static Stream<Row> tuning() {
        return Stream.of(
                usage("tune needs a fetch, compute or exec command after '--'", "tune"),
                usage("tune needs a fetch, compute or exec command after '--'", "tune", "--"),
                usage("tune needs a fetch, compute or exec command after '--'", "tune", "--", "tune"),
                usage("--max must be at least 2, not 1", "tune", "--max", "1", "--", "fetch", "http://h/"),
                usage("--repeat must be at least 1, not 0", "tune", "--repeat", "0", "--", "fetch", "http://h/"),
                usage(
                        "--chart writes .svg and .png files",
                        "tune",
                        "--chart",
                        "FOLDER/c.gif",
                        "--",
                        "fetch",
                        "http://h/"),
                output("its folder does not exist", "tune", "--chart", "FOLDER/no/c.svg", "--", "fetch", "http://h/"),
                usage(
                        "remove --concurrency after 'tune --': tune finds it",
                        "tune",
                        "--",
                        "fetch",
                        "-n",
                        "3",
                        "http://h/"),
                usage("remove --output-dir", "tune", "--", "fetch", "-o", "FOLDER/out", "http://h/"),
                usage("remove --journal", "tune", "--", "fetch", "--journal", "FOLDER/j", "http://h/"),
                usage("there is nothing to tune", "tune", "--", "compute", "-m", "sequential", "square", "1"),
                usage("after '--': Invalid value", "tune", "--", "fetch", "--timeout", "x", "http://h/"),
                usage("no inputs: give some", "tune", "--", "fetch"),
                usage("unknown function 'nosuch'", "tune", "--", "compute", "nosuch", "1"),
                usage("exec needs a command after '--'", "tune", "--", "exec", "1"));
    }

    static Stream<Row> inputsAndOutputs() {
        return Stream.of(
                usage("no inputs: give some", "fetch"),
                usage("no inputs: the list is empty", "fetch", "-i", "FOLDER/empty"),
                usage("there is no such file", "fetch", "-i", "FOLDER/nowhere"),
                usage("it is a folder", "fetch", "-i", "FOLDER"),
                usage("'{1..x}' is not a range", "fetch", "http://h/{1..x}"),
                usage("the range '1..10..0' never ends", "compute", "square", "1..10..0"),
                usage("the glob '[' is invalid", "compute", "sha256", "--files", "["),
                usage("nothing matches", "compute", "sha256", "--files", "FOLDER/*.nope"),
                usage("there is no such file", "compute", "word-count", "--split", "FOLDER/nowhere"),
                usage("line 1 of ", "fetch", "-i", "FOLDER/nul"),
                output("is a file: name a folder", "fetch", "-o", "FOLDER/text", "http://h/"),
                output("its folder does not exist", "fetch", "--journal", "FOLDER/no/j", "http://h/"),
                output("it is a folder", "fetch", "--journal", "FOLDER", "http://h/"),
                usage("already exists: add --resume", "fetch", "--journal", "FOLDER/text", "http://h/"),
                usage("is not a journal", "fetch", "--journal", "FOLDER/text", "--resume", "http://h/"),
                usage("is not a journal", "exec", "1", "--journal", "FOLDER/text", "--resume", "--", "true"));
    }

    static Stream<Row> work() {
        return Stream.of(
                usage("unknown function 'nosuch'", "compute", "nosuch", "1"),
                usage("Bad.java:2: does not compile: ", "compute", "FOLDER/Bad.java", "1"),
                usage("there is no Java source file ", "compute", "FOLDER/None.java", "1"),
                usage("there is no class org.Nope", "compute", "org.Nope", "1"),
                usage("does not exist", "compute", "--classpath", "FOLDER/no.jar", "org.Nope", "1"),
                usage("--chunks N goes with --split", "compute", "square", "1", "--chunks", "2"),
                usage("expected one of [sum]", "compute", "square", "1", "--reduce", "x"),
                usage("each claim stdout", "compute", "square", "1", "--reduce", "sum", "--json"),
                usage("exec needs a command after '--'", "exec", "1", "2"),
                usage("exec needs a command after '--'", "exec", "1", "--"),
                usage("no program 'no-such-program' in PATH", "exec", "1", "--", "no-such-program", "{}"),
                usage("is not executable", "exec", "1", "--", "FOLDER/text"),
                usage("Missing required parameter: 'VERTICLE'", "run"),
                usage("no class no.Such", "run", "no.Such"),
                usage("java.lang.String is not a verticle", "run", "java.lang.String"),
                usage("no.jar does not exist", "run", "no.Such", "--classpath", "FOLDER/no.jar"),
                usage("there is no such file", "run", "dev.juggler.service.FetchVerticle", "--conf", "FOLDER/nowhere"),
                usage("line 1: ", "run", "dev.juggler.service.FetchVerticle", "--conf", "FOLDER/text"),
                usage(
                        "line 1: Unexpected end-of-input: expected close marker for Object",
                        "run",
                        "dev.juggler.service.FetchVerticle",
                        "--conf",
                        "FOLDER/brace"),
                usage("--instances is at least 1", "run", "dev.juggler.service.FetchVerticle", "--instances", "0"),
                usage("'x' is not a threading model", "run", "no.Such", "--threading-model", "x"));
    }

    static Stream<Row> comparisons() {
        return Stream.of(
                usage("compare needs a fetch, compute or exec command after '--'", "compare"),
                usage("compare needs a fetch, compute or exec command after '--'", "compare", "--", "demo"),
                usage("'threds' is not a concurrency model", compare("--models", "threds")),
                usage("lists a model with the same concurrency twice", compare("--models", "async,async")),
                usage("write a number after the colon", compare("--models", "threads:many")),
                usage("--repeat must be from 1 to 1000, not 0", compare("--repeat", "0")),
                usage("--warmup must be from 0 to 1000, not -1", compare("--warmup", "-1")),
                usage("-n must be at least 1, not 0", compare("-n", "0")),
                usage("compare needs a fixed concurrency", "compare", "--", "compute", "square", "1", "-n", "auto"),
                usage("--json and --markdown both write to stdout", compare("--json", "--markdown")),
                usage("there is no workload 11; choose from 1 to 10", "demo", "1", "11"),
                usage("'--quiet' should be specified only once", "fetch", "-q", "-q", "http://h/"),
                usage("Missing required parameter: 'FUNCTION'", "compute"),
                output("its folder does not exist", compare("--save", "FOLDER/no/where.json")),
                output("it is a folder", compare("--save", "FOLDER")),
                output("its folder does not exist", compare("--chart", "FOLDER/no/where.svg")),
                output("its folder does not exist", compare("--html", "FOLDER/no/where.html")),
                usage("--chart writes .svg and .png files", compare("--chart", "FOLDER/chart.gif")),
                usage("--merge shows saved comparisons", compare("--merge", "FOLDER/text")),
                usage("cannot read FOLDER/nowhere", "compare", "--merge", "FOLDER/nowhere"),
                usage("FOLDER/text is not a comparison", "compare", "--merge", "FOLDER/text"),
                usage("choose the models with --models", "compare", "--", "compute", "square", "1", "-m", "async"),
                usage(
                        "remove --journal after 'compare --'",
                        "compare",
                        "--",
                        "compute",
                        "square",
                        "1",
                        "--journal",
                        "FOLDER/j"),
                usage("after '--': Unknown option: '--nosuch'", "compare", "--", "fetch", "--nosuch"),
                usage("no inputs: give some", "compare", "--", "fetch"),
                usage("unknown function 'sqare'", "compare", "--", "compute", "sqare", "1"),
                usage("no program 'no-such-program'", "compare", "--", "exec", "1", "--", "no-such-program"));
    }

    private static String[] compare(String... options) {
        return Stream.of(Stream.of("compare"), Stream.of(options), Stream.of("--", "compute", "square", "1"))
                .flatMap(words -> words)
                .toArray(String[]::new);
    }

    @BeforeEach
    void makeFiles() throws Exception {
        Files.createFile(folder.resolve("empty"));
        Files.writeString(folder.resolve("text"), "{some text\n");
        Files.writeString(folder.resolve("brace"), "{");
        Files.writeString(folder.resolve("nul"), "a\0b\0");
        Files.writeString(folder.resolve("Bad.java"), "class Bad {\n  static int f(int x) { return y; }\n}\n");
    }

    @ParameterizedTest
    @MethodSource({"commandsAndNumbers", "inputsAndOutputs", "work", "comparisons", "tuning"})
    void reportsAMistakeInOneLineAndDoesNothing(Row row) throws Exception {
        Set<Path> before = files();
        String[] arguments = Stream.of(row.words())
                .map(word -> word.replace("FOLDER", folder.toString()))
                .toArray(String[]::new);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stderr = System.err;
        int exit;
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setErr(err);
            exit = Main.run(arguments);
        } finally {
            System.setErr(stderr);
        }

        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().startsWith("juggler: "), lines.toString());
        assertTrue(lines.getFirst().contains(row.said().replace("FOLDER", folder.toString())), lines.toString());
        assertEquals(row.exit(), exit);
        assertEquals(before, files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch", "compute", "exec", "compare", "run", "demo", "completion"})
    void theHelpOfEachCommandFitsATerminal(String command) {
        assertFits(Commands.parserOfAll().getSubcommands().get(command));
    }

    @Test
    void theHelpFitsATerminal() {
        assertFits(Commands.parserOfAll());
    }

    private static void assertFits(CommandLine line) {
        String help = line.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH).getUsageMessage();
        assertTrue(help.lines().allMatch(each -> each.length() <= WIDTH), help);
        for (String footer : line.getCommandSpec().usageMessage().footer()) {
            assertTrue(footer.length() < WIDTH, "would be broken in two: " + footer);
        }
    }

    private Set<Path> files() throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.collect(Collectors.toSet());
        }
    }
}
