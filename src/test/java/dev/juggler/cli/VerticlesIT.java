package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code run} with Juggler's verticles and with a user's. */
class VerticlesIT {
    private static final String HELLO = """
        import io.vertx.core.Future;
        import io.vertx.core.VerticleBase;
        public class Hello extends VerticleBase {
            @Override public Future<?> start() {
                if (config().getBoolean("fail", false)) {
                    return Future.failedFuture("no \\u001b[31mpermit");
                }
                System.out.println("hello " + config().getString("name") + " " + Thread.currentThread().isVirtual());
                vertx.setTimer(1, timer -> vertx.close());
                return Future.succeededFuture();
            }
        }
        """;

    /** Replies on the bus of the cluster. */
    private static final String ANSWER = """
        import io.vertx.core.Future;
        import io.vertx.core.VerticleBase;
        public class Answer extends VerticleBase {
            @Override public Future<?> start() {
                return vertx.eventBus().consumer("question", message -> message.reply(
                        message.body() + " " + ProcessHandle.current().pid() + " "
                                + Thread.currentThread().isVirtual())).completion();
            }
        }
        """;

    /** Sends a request, prints the reply and ends. */
    private static final String ASK = """
        import io.vertx.core.Future;
        import io.vertx.core.VerticleBase;
        public class Ask extends VerticleBase {
            @Override public Future<?> start() {
                return vertx.eventBus().request("question", "asked").onSuccess(reply -> {
                    System.out.println(reply.body());
                    vertx.setTimer(1, timer -> vertx.close());
                });
            }
        }
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "FetchVerticle,fetch.json,event-loop,TERM,143",
        "ComputeVerticle,compute.json,worker,TERM,143",
        "ExecVerticle,exec.json,virtual-thread,INT,130"
    })
    void staysUntilASignalEndsIt(String verticle, String conf, String threads, String signal, int exit)
            throws Exception {
        String name = "dev.juggler.service." + verticle;
        Path file = Path.of("conf", conf).toAbsolutePath();
        try (RunningProcess running = JugglerProcess.in(folder)
                .start("run", name, "--conf", file.toString(), "--instances", "2", "--threading-model", threads)) {
            running.err().await(name + " is deployed: 2 on " + threads);
            running.signal(signal);

            EndedProcess ended = running.await();

            assertEquals(exit, ended.exit(), ended.toString());
            assertEquals(1, ended.err().size(), ended.toString());
        }
    }

    @Test
    void deploysAUsersVerticleAndEndsWhenItClosesVertx() throws Exception {
        Files.writeString(folder.resolve("conf.json"), "{\"name\": \"you\"}");

        EndedProcess ended = JugglerProcess.in(folder)
                .run(
                        "run",
                        "Hello",
                        "--classpath",
                        jar(),
                        "--conf",
                        "conf.json",
                        "--threading-model",
                        "virtual-thread");

        assertEquals(0, ended.exit(), ended.toString());
        assertEquals(List.of("hello you true"), ended.out());
    }

    @Test
    void aVerticleThatCannotStartIsReportedInOneLine() throws Exception {
        Files.writeString(folder.resolve("conf.json"), "{\"fail\": true}");

        EndedProcess ended = JugglerProcess.in(folder).run("run", "Hello", "--classpath", jar(), "--conf", "conf.json");

        assertEquals(2, ended.exit(), ended.toString());
        assertEquals(List.of("juggler: Hello cannot be deployed: no \\u001b[31mpermit"), ended.err());
    }

    @Test
    void anUnknownSettingOfAShippedVerticleIsRejected() throws Exception {
        Files.writeString(folder.resolve("conf.json"), "{\"timeuot\": \"1s\"}");

        EndedProcess ended =
                JugglerProcess.in(folder).run("run", "dev.juggler.service.FetchVerticle", "--conf", "conf.json");

        assertEquals(2, ended.exit(), ended.toString());
        assertEquals(1, ended.err().size(), ended.toString());
        assertTrue(ended.err().getFirst().contains("unknown key 'timeuot'"), ended.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-loop", "virtual-thread"})
    void verticlesOfTwoJvmsTalkToEachOtherInACluster(String threads) throws Exception {
        try (TestCluster cluster = new TestCluster(folder, "{}");
                RunningProcess answer = JugglerProcess.in(folder)
                        .start(
                                "run",
                                "Answer",
                                "--classpath",
                                jar("Answer", ANSWER),
                                "--cluster-conf",
                                cluster.settings(),
                                "--instances",
                                "2",
                                "--threading-model",
                                threads)) {
            answer.err().await("Answer is deployed: 2 on " + threads + ", in the cluster '" + cluster.name() + "' at");

            EndedProcess asked = JugglerProcess.in(folder)
                    .run(
                            "run",
                            "Ask",
                            "--classpath",
                            jar("Ask", ASK),
                            "--cluster",
                            "--cluster-conf",
                            cluster.settings());

            assertEquals(0, asked.exit(), asked.toString());
            assertEquals(
                    List.of("asked " + answer.pid() + " " + threads.equals("virtual-thread")),
                    asked.out(),
                    asked.toString());
            answer.signal("TERM");
            assertEquals(143, answer.await().exit());
        }
    }

    @Test
    void aClusterThatCannotBeJoinedIsReportedInOneLine() throws Exception {
        Files.writeString(folder.resolve("node.json"), "{\"cluster\": \"none.xml\"}");
        EndedProcess missing =
                JugglerProcess.in(folder).run("run", "Hello", "--classpath", jar(), "--cluster-conf", "node.json");
        assertEquals(2, missing.exit(), missing.toString());
        assertEquals(1, missing.err().size(), missing.toString());
        assertTrue(missing.err().getFirst().contains("none.xml: there is no such file"), missing.toString());
    }

    private String jar() throws Exception {
        return jar("Hello", HELLO);
    }

    private String jar(String name, String code) throws Exception {
        Path source = Files.writeString(folder.resolve(name + ".java"), code);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        OutputStream.nullOutputStream(),
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        source.toString());
        assertEquals(0, status, "compiles");
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(name + ".class"));
            Files.copy(folder.resolve(name + ".class"), out);
        }
        return jar.toString();
    }
}
