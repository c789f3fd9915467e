package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.TaskCounts;
import dev.juggler.report.RunReport;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.fetch.FetchWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fetches from a server that interrupts every body once and then resumes it, under every model. */
class BrokenBodiesTest {
    private static final int LENGTH = 50_000;
    private static final int BREAK = 20_000;

    @TempDir
    private Path folder;

    private final EngineFixture fixture = new EngineFixture();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger rests = new AtomicInteger();
    private ServerSocket server;

    @AfterEach
    void close() throws Exception {
        fixture.close();
        server.close();
    }

    private void serve() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> answer(client));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static String body(String path) {
        return (path + ".").repeat(LENGTH / path.length()).substring(0, LENGTH);
    }

    /** Serves one exchange per connection. */
    private void answer(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            String path = in.readLine().split(" ")[1];
            boolean goesOn = false;
            String line;
            while (!(line = in.readLine()).isEmpty()) {
                goesOn |= line.toLowerCase(Locale.ROOT).equals("range: bytes=" + BREAK + "-");
            }
            OutputStream out = client.getOutputStream();
            String mark = "ETag: \"" + path + "\"\r\nConnection: close\r\n";
            if (goesOn) {
                rests.incrementAndGet();
                write(out, "206 Rest", LENGTH - BREAK, mark + "Content-Range: bytes " + BREAK + "-49999/50000\r\n");
                out.write(body(path).substring(BREAK).getBytes(StandardCharsets.ISO_8859_1));
            } else {
                write(out, "200 OK", LENGTH, mark);
                int end = broken.add(path) ? BREAK : LENGTH;
                out.write(body(path).substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException gone) {
            return;
        }
    }

    private static void write(OutputStream out, String status, int length, String more) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\n" + more + "\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @EnumSource(ConcurrencyModel.class)
    void everyBodyIsCompleteInTheEnd(ConcurrencyModel model) throws Exception {
        serve();
        Saving saving = new Saving(Optional.of(folder.toString()), true)
                .with(new SavePolicy(PartialBodyPolicy.NEXT_TRY, ExistingFilePolicy.FETCH, false, false));
        FetchSpec spec = FetchSpec.READ.with(saving);
        String site = "http://127.0.0.1:" + server.getLocalPort() + "/file{1..20}";
        Source urls = Sources.arguments(List.of(site), ExpansionMode.BRACES);
        JobPlan plan = JobPlan.under(model).doing(spec).retries(3, 5).timeout(20_000);
        RunReport report = fixture.run(plan, urls, FetchWork.prepare(spec));
        assertEquals(new TaskCounts(20, 20, 0, 0, 0, 0, 40), report.counts());
        for (int i = 1; i <= 20; i++) {
            assertEquals(body("/file" + i), Files.readString(folder.resolve("file" + i)));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(20, files.count());
        }
        assertTrue(rests.get() > 0, "some went on where they were");
    }
}
