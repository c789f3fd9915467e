package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.juggler.Waiting;
import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.Outcome;
import dev.juggler.job.TaskCounts;
import dev.juggler.job.Value;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.report.RunReport;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.compute.ComputeWork;
import dev.juggler.work.exec.ExecWork;
import dev.juggler.work.fetch.FetchWork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets, programs and functions under every model. */
class RealWorkTest {
    @TempDir
    private Path folder;

    private final EngineFixture fixture = new EngineFixture();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private HttpServer server;

    @AfterEach
    void close() throws Exception {
        fixture.close();
        if (server != null) {
            server.stop(0);
        }
    }

    /** Rejects the first request for every page with an even number, and the first two for every tenth. */
    private String flakySite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int page = Integer.parseInt(path.substring(1));
        int times = requests.computeIfAbsent(path, each -> new AtomicInteger()).incrementAndGet();
        boolean refused = times <= (page % 10 == 0 ? 2 : page % 2 == 0 ? 1 : 0);
        try (exchange) {
            byte[] body = ("page " + page).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(refused ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @ParameterizedTest
    @EnumSource(ConcurrencyModel.class)
    void fetchesFromAFlakyServerWithRetries(ConcurrencyModel model) throws Exception {
        String site = flakySite();
        Source pages = Sources.arguments(List.of(site + "{1..30}"), ExpansionMode.BRACES);
        JobPlan plan = JobPlan.under(model).doing(FetchSpec.READ).retries(2, 5).timeout(20_000);
        RunReport report = fixture.run(plan, pages, FetchWork.prepare(FetchSpec.READ));
        assertEquals(new TaskCounts(30, 30, 0, 0, 0, 0, 48), report.counts());
        assertEquals(48, requests.values().stream().mapToInt(AtomicInteger::get).sum());
    }

    /**
     * One program is slow to handle TERM, but within its grace: its worker is not abandoned, and its output is kept.
     */
    @ParameterizedTest
    @EnumSource(ConcurrencyModel.class)
    void runsFailingAndEndlessPrograms(ConcurrencyModel model) throws Exception {
        String script = """
            x={}
            echo got $x
            if [ $x = 3 ]; then
                trap 'sleep 0.8; echo bye; exit 0' TERM
                while :; do sleep 0.05; done
            fi
            exit $(( x % 2 ))
            """;
        ExecSpec spec = new ExecSpec(List.of(script), true, 100);
        JobPlan plan = JobPlan.under(model).doing(spec).timeout(1_000).ordered();
        RunReport report = fixture.run(plan, EngineFixture.numbers(8), ExecWork.prepare(spec));
        assertEquals(new TaskCounts(8, 4, 3, 1, 0, 0, 8), report.counts());
        assertEquals("got 2\n", output(fixture.outcomes().get(1)));
        assertEquals("got 3\nbye\n", output(fixture.outcomes().get(2)));
    }

    private static String output(Outcome outcome) {
        return ((Value.Exited) outcome.result().value()).stdout().text();
    }

    @ParameterizedTest
    @EnumSource(ConcurrencyModel.class)
    void endlessFunctionTimesOutAndOtherTasksComplete(ConcurrencyModel model) throws Exception {
        Path release = folder.resolve("release");
        Path released = folder.resolve("released");
        Path file = Files.writeString(folder.resolve("Odd.java"), """
            import java.io.File;

            public class Odd {
                public static long apply(long x) throws Exception {
                    while (x == 5 && !new File("%s").exists()) {
                        Thread.onSpinWait();
                    }
                    return x == 5 && new File("%s").createNewFile() ? 0 : x + 1;
                }
            }
            """.formatted(release, released));
        ComputeSpec spec = ComputeWork.spec(file.toString(), List.of());
        JobPlan plan = JobPlan.under(model).doing(spec).timeout(400).ordered();
        RunReport report = fixture.run(plan, EngineFixture.numbers(200), ComputeWork.prepare(spec));
        assertEquals(EndReason.COMPLETED, report.ending());
        assertEquals(new TaskCounts(200, 199, 0, 1, 0, 0, 200), report.counts());
        assertFalse(fixture.outcomes().get(4).succeeded());
        Files.createFile(release);
        if (model == ConcurrencyModel.PROCESSES) {
            // Its process was killed, so the function never returns.
            return;
        }
        Waiting.until("the function has returned after all", () -> Files.exists(released));
    }
}
