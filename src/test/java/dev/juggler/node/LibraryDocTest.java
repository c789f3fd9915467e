package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.cluster.Membership;
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.jobs.SharedJobs;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the page on the library, compiled and run as they stand there. */
class LibraryDocTest {
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");

    @TempDir
    private Path folder;

    /** A program of the page, and the lines that it prints. */
    private record Program(String name, String source, List<String> output) {}

    @Test
    void everyProgramPrintsWhatIsShown() throws Exception {
        List<Program> programs = programs();
        assertTrue(programs.size() >= 6, "found " + programs.size());
        compile(programs);
        Path conf = Path.of("conf").toAbsolutePath();
        NodeSettings settings = NodeSettings.read(conf.resolve("node.json"));
        Vertx vertx = Vertx.vertx();
        try (JobStore store = JobStore.open(Files.createDirectory(folder.resolve("data")));
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            await(vertx.deployVerticle(new JobServiceVerticle(
                    new Permissions(settings, conf), store, SharedJobs.NONE, Membership.alone("node"))));
            for (Program program : programs) {
                assertEquals(program.output(), run(loader.loadClass(program.name()), vertx), program.name());
            }
            await(vertx.close());
        }
    }

    private static List<Program> programs() throws Exception {
        List<Program> programs = new ArrayList<>();
        List<String> lines = Files.readAllLines(Path.of("src/docs/library.md"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```java")) {
                int end = i + lines.subList(i, lines.size()).indexOf("```");
                String source = String.join("\n", lines.subList(i + 1, end));
                Matcher name = CLASS_NAME.matcher(source);
                assertTrue(name.find(), source);
                List<String> output = lines.stream()
                        .skip(end + 2L)
                        .takeWhile(line -> line.startsWith("    "))
                        .map(String::strip)
                        .toList();
                programs.add(new Program(name.group(1), source, output));
                i = end;
            }
        }
        return programs;
    }

    private void compile(List<Program> programs) throws Exception {
        List<String> files = new ArrayList<>();
        for (Program program : programs) {
            files.add(Files.writeString(folder.resolve(program.name() + ".java"), program.source())
                    .toString());
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Stream<String> options =
                Stream.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = javac.run(
                null, errors, errors, Stream.concat(options, files.stream()).toArray(String[]::new));
        assertEquals(0, code, () -> errors.toString(StandardCharsets.UTF_8));
    }

    private static List<String> run(Class<?> program, Vertx vertx) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.getMethod("run", Vertx.class).invoke(null, vertx);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
