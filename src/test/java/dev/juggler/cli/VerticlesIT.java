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

/** {@code run}: verticles of ours and of users, until they are stopped. */
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
        String name = "dev.juggler.worker." + verticle;
        Path file = Path.of("conf", conf).toAbsolutePath();
        try (Running running = Juggler.in(folder)
                .start("run", name, "--conf", file.toString(), "--instances", "2", "--threading-model", threads)) {
            running.err().await(name + " is deployed: 2 on " + threads);
            running.signal(signal);

            Ended ended = running.await();

            assertEquals(exit, ended.exit(), ended.toString());
            assertEquals(1, ended.err().size(), ended.toString());
        }
    }

    @Test
    void deploysAUsersVerticleAndEndsWhenItClosesVertx() throws Exception {
        Files.writeString(folder.resolve("conf.json"), "{\"name\": \"you\"}");

        Ended ended = Juggler.in(folder)
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
    void aVerticleThatCannotStartIsToldInOneLine() throws Exception {
        Files.writeString(folder.resolve("conf.json"), "{\"fail\": true}");

        Ended ended = Juggler.in(folder).run("run", "Hello", "--classpath", jar(), "--conf", "conf.json");

        assertEquals(2, ended.exit(), ended.toString());
        assertEquals(List.of("juggler: Hello cannot be deployed: no \\u001b[31mpermit"), ended.err());
    }

    @Test
    void anUnknownSettingOfOurVerticlesIsRefused() throws Exception {
        Files.writeString(folder.resolve("conf.json"), "{\"timeuot\": \"1s\"}");

        Ended ended = Juggler.in(folder).run("run", "dev.juggler.worker.FetchVerticle", "--conf", "conf.json");

        assertEquals(2, ended.exit(), ended.toString());
        assertEquals(1, ended.err().size(), ended.toString());
        assertTrue(ended.err().getFirst().contains("unknown key 'timeuot'"), ended.toString());
    }

    private String jar() throws Exception {
        Path source = Files.writeString(folder.resolve("Hello.java"), HELLO);
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
        Path jar = folder.resolve("hello.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("Hello.class"));
            Files.copy(folder.resolve("Hello.class"), out);
        }
        return jar.toString();
    }
}
