package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import dev.juggler.job.FetchSpec.Proxies;
import dev.juggler.job.TaskError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificate checks against an independent web server. */
class NginxTlsIT extends FetchFixture {
    @TempDir
    static Path folder;

    private static TestCertificates made;
    private static Process nginx;
    private static final Map<String, Integer> PORTS = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "nginx is not installed: apt-get install nginx");
        made = new TestCertificates(folder)
                .selfSigned("authority", "-ext", "bc:c")
                .selfSigned("stranger", "-ext", "bc:c")
                .signed("good", "authority", "-ext", "san=ip:127.0.0.1")
                .signed("expired", "authority", "-ext", "san=ip:127.0.0.1", "-startdate", "-2y", "-validity", "30")
                .signed("elsewhere", "authority", "-ext", "san=dns:other.example")
                .signed("untrusted", "stranger", "-ext", "san=ip:127.0.0.1")
                .signed("client", "authority")
                .selfSigned("alone", "-ext", "san=ip:127.0.0.1");
        Files.writeString(Files.createDirectory(folder.resolve("www")).resolve("file"), "body");
        Path config = Files.writeString(folder.resolve("nginx.conf"), config());
        nginx = new ProcessBuilder(program.get().toString(), "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        for (int port : PORTS.values()) {
            awaitPort(port);
        }
    }

    private static String config() throws IOException {
        StringBuilder servers = new StringBuilder();
        for (String name : List.of("good", "expired", "elsewhere", "untrusted", "alone", "picky")) {
            String certificate = name.equals("picky") ? "good" : name;
            PORTS.put(name, freePort());
            servers.append("server { listen 127.0.0.1:").append(PORTS.get(name)).append(" ssl;");
            servers.append(" ssl_certificate ")
                    .append(made.path(certificate + ".pem"))
                    .append(';');
            servers.append(" ssl_certificate_key ")
                    .append(made.path(certificate + ".key"))
                    .append(';');
            if (name.equals("picky")) {
                servers.append(" ssl_verify_client on; ssl_client_certificate ");
                servers.append(made.path("authority.pem")).append(';');
            }
            servers.append(" root ").append(folder.resolve("www")).append("; }\n");
        }
        return """
            daemon off;
            master_process off;
            pid %1$s/pid;
            error_log %1$s/error.log;
            events { }
            http {
              access_log off;
              client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;
              uwsgi_temp_path %1$s; scgi_temp_path %1$s;
              %2$s
            }
            """.formatted(folder, servers);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws Exception {
        while (true) {
            try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertTrue(open.isConnected());
                return;
            } catch (IOException notYet) {
                assertTrue(nginx.isAlive(), () -> "nginx did not start: " + said());
                Thread.onSpinWait();
            }
        }
    }

    private static String said() {
        try {
            return Files.readString(folder.resolve("nginx.out"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor();
        }
    }

    private static FetchSpec trusting(String own) {
        Certificates files = new Certificates(
                Optional.of(made.path("authority.pem")),
                Optional.ofNullable(own).map(name -> made.path(name + ".pem")),
                Optional.ofNullable(own).map(name -> made.path(name + ".key")),
                false);
        return get().with(Access.OPEN.with(files).with(new Proxies(Optional.of(""), Optional.empty())));
    }

    private static String url(String server) {
        return "https://127.0.0.1:" + PORTS.get(server) + "/file";
    }

    @ParameterizedTest
    @EnumSource
    void readsFromAServerWithAValidCertificate(FetchStyle style) {
        assertEquals(4, success(fetch(style, trusting(null), url("good"))).bytes());
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryWrongCertificateAndSaysWhatIsWrong(FetchStyle style) {
        Map<String, String> wrong = Map.of(
                "expired", "its certificate expired on 20",
                "elsewhere", "its certificate is for another host",
                "alone", "its certificate is self-signed",
                "untrusted", "signed by an authority that is not trusted");
        List<String> said = new ArrayList<>();
        wrong.forEach((server, why) -> {
            TaskError error = failure("tls", false, fetch(style, trusting(null), url(server)));
            said.add(error.message());
            assertTrue(error.message().contains(why) && error.message().lines().count() == 1, error::message);
        });
        assertEquals(4, said.size());
    }

    @ParameterizedTest
    @EnumSource
    void sendsItsCertificateOnRequest(FetchStyle style) {
        assertEquals(4, success(fetch(style, trusting("client"), url("picky"))).bytes());
        // nginx explains a missing client certificate in its response.
        assertEquals(
                400,
                ((dev.juggler.job.Value.Fetched)
                                fetch(style, trusting(null), url("picky")).value())
                        .status());
    }
}
