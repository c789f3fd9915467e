package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the sample applications, each started as its source describes. */
class ExamplesIT {
    private final String cluster = "it-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    @Test
    void jobSenderSubmitsAJobAndPrintsItsOutcomes() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("node.json"), "{\"data\": \"data\"}");
        Files.writeString(folder.resolve("cluster.xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>%s</cluster-name>
              <network>
                <port auto-increment="false">%d</port>
                <join><auto-detection enabled="false"/><multicast enabled="false"/><tcp-ip enabled="true"/></join>
                <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
              </network>
            </hazelcast>
            """.formatted(cluster, port));
        try (RunningProcess node = JugglerProcess.in(folder)
                .start("node", "--conf", folder.resolve("node.json").toString())) {
            node.err().await("accepts jobs");
            EndedProcess sender = run("JobSender.java", cluster, "127.0.0.1:" + port);
            assertEquals(0, sender.exit(), sender::toString);
            assertEquals(
                    IntStream.rangeClosed(1, 10)
                            .mapToObj(n -> n + " -> " + n * n)
                            .sorted()
                            .toList(),
                    sender.out().stream().sorted().toList());
        }
    }

    @Test
    void ownServicesDeploysVerticlesIntoItsOwnCluster() throws Exception {
        EndedProcess services = run("OwnServices.java", cluster);
        assertEquals(0, services.exit(), services::toString);
        JsonObject outcome = new JsonObject(services.out().getFirst());
        assertEquals("succeeded", outcome.getString("state"));
        assertEquals(144, outcome.getInteger("value"));
    }

    private EndedProcess run(String source, String... arguments) throws Exception {
        Path checkout = Path.of("").toAbsolutePath();
        List<String> words = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                checkout.resolve("target/juggler.jar").toString(),
                checkout.resolve("src/examples").resolve(source).toString()));
        words.addAll(List.of(arguments));
        try (RunningProcess example = JugglerProcess.in(folder).launch(words)) {
            EndedProcess ended = example.await();
            assertTrue(ended.err().stream().noneMatch(line -> line.contains("Exception")), ended::toString);
            return ended;
        }
    }
}
