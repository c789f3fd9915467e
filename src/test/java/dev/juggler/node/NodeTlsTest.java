package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.client.EventBusTls;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobServiceException;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event bus with mutual TLS: a member without a certificate of the authority joins the cluster but sends no job. */
class NodeTlsTest {
    private final String name = "tls-" + UUID.randomUUID();
    private final List<Cluster> joined = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void onlyMembersWithACertificateOfTheAuthoritySendJobs() throws Exception {
        assumeTrue(openssl("version"), "needs the openssl program to make certificates");
        makeAuthority("authority");
        makeAuthority("stranger");
        makeMember("member", "authority");
        makeMember("intruder", "stranger");
        Files.writeString(folder.resolve("cluster.xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>%s</cluster-name>
              <network>
                <port auto-increment="true" port-count="100">25701</port>
                <join><auto-detection enabled="false"/><multicast enabled="false"/><tcp-ip enabled="true"/></join>
                <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
              </network>
            </hazelcast>
            """.formatted(name));
        Path settings = Files.writeString(folder.resolve("node.json"), """
            {"data": "data",
             "tls": {"key": "member.key", "certificate": "member.pem", "authority": "authority.pem"}}
            """);
        Node node = await(Node.start(settings, Optional.empty()));
        try {
            JobRequest request = JobRequest.of(new Compute("square", null), Inputs.expanded("1..3"));
            JobClient trusted = join(node, tls("member", "authority"), 30);
            String id = await(trusted.submit(request)).id();
            for (VertxOptions options : List.of(new VertxOptions(), tls("intruder", "stranger"))) {
                JobClient stranger = join(node, options, 3);
                Future<?> rejected = stranger.submit(request.withKey("stranger's"));
                ExecutionException failure = assertThrows(ExecutionException.class, () -> await(rejected));
                assertEquals(503, ((JobServiceException) failure.getCause()).code());
            }
            assertEquals(
                    List.of(id),
                    await(trusted.list(10)).stream().map(job -> job.id()).toList());
        } finally {
            for (Cluster each : joined) {
                await(each.leave());
            }
            await(node.leave());
        }
    }

    private VertxOptions tls(String member, String authority) {
        EventBusTls tls = new EventBusTls(
                folder.resolve(member + ".key"), folder.resolve(member + ".pem"), folder.resolve(authority + ".pem"));
        return new VertxOptions().setEventBusOptions(tls.eventBus());
    }

    private JobClient join(Node node, VertxOptions options, int seconds) throws Exception {
        Cluster cluster = await(Cluster.join(options, ClusterSettings.joining(name, node.address())));
        joined.add(cluster);
        return JobClient.on(cluster.vertx(), Duration.ofSeconds(seconds));
    }

    private void makeAuthority(String authority) throws Exception {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + authority,
                "-keyout",
                authority + ".key",
                "-out",
                authority + ".pem");
    }

    private void makeMember(String member, String authority) throws Exception {
        openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + member,
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                member + ".key",
                "-out",
                member + ".csr");
        openssl(
                "x509",
                "-req",
                "-in",
                member + ".csr",
                "-days",
                "2",
                "-copy_extensions",
                "copy",
                "-CA",
                authority + ".pem",
                "-CAkey",
                authority + ".key",
                "-CAcreateserial",
                "-out",
                member + ".pem");
    }

    private boolean openssl(String... arguments) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("openssl"));
        words.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.log").toFile())
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
