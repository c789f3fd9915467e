package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.Result;
import dev.juggler.work.fetch.http.FetchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Slow servers and bandwidth limits. */
class FetchFlowTest extends FetchFixture {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";

    @TempDir
    Path folder;

    private FetchSpec flowing(Duration idle, long minRate, long bandwidth) {
        TransferRates flow = new TransferRates(Optional.ofNullable(idle), minRate, bandwidth);
        return into(folder).with(new FetchLimits(5, 1L << 40, flow, 0));
    }

    private Result fetch(FetchStyle style, FetchSpec spec, Duration rateWindow) {
        FetchSettings settings = new FetchSettings(Duration.ofSeconds(10), 1 << 16, rateWindow);
        try (FetchWork work = FetchWork.prepare(spec, settings, java.util.Map.of())) {
            return style.start(work, vertx, server.url("/a")).join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void abortsASilentServer(FetchStyle style) throws Exception {
        for (String beginning : List.of("", HEAD, HEAD + "hello", HEAD + "x".repeat(200_000))) {
            CountDownLatch gone = new CountDownLatch(1);
            server.on("/a", (socket, request) -> {
                socket.closeHandler(v -> gone.countDown());
                if (!beginning.isEmpty()) {
                    socket.write(beginning);
                }
            });
            Result result = fetch(style, flowing(Duration.ofMillis(300), 0, 0), Duration.ofSeconds(10));
            assertTrue(failure("idle", true, result).message().contains("300ms"), result::toString);
            assertTrue(gone.await(20, TimeUnit.SECONDS), "the connection is closed");
            assertEquals(List.of(), names(folder));
        }
    }

    @ParameterizedTest
    @EnumSource
    void abortsADrippingServer(FetchStyle style) throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        server.on("/a", (socket, request) -> {
            socket.write(HEAD);
            long drip = vertx.setPeriodic(20, timer -> socket.write("x"));
            socket.closeHandler(v -> {
                vertx.cancelTimer(drip);
                gone.countDown();
            });
        });
        failure("too-slow", true, fetch(style, flowing(Duration.ofSeconds(20), 10_000, 0), Duration.ofMillis(500)));
        assertTrue(gone.await(20, TimeUnit.SECONDS), "the connection is closed");
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotAbortAFastServer(FetchStyle style) throws Exception {
        server.on("/a", (socket, request) -> {
            socket.write(HEAD + "x".repeat(500_000));
            vertx.setTimer(1_100, timer -> socket.write("x".repeat(500_000)));
        });
        // Longer than any pause of a busy machine, and shorter than the whole body takes.
        assertEquals(
                1_000_000,
                success(fetch(style, flowing(Duration.ofSeconds(10), 1, 0), Duration.ofSeconds(1)))
                        .bytes());
    }

    /** Time in which a bandwidth limit pauses reading does not count as idle. */
    @ParameterizedTest
    @EnumSource
    void theLineIsFilledOnlyAsFarAsItMay(FetchStyle style) throws Exception {
        server.on("/a", HEAD + "x".repeat(1_000_000));
        long began = System.nanoTime();
        Result result = fetch(style, flowing(Duration.ofMillis(250), 0, 1_000_000), Duration.ofSeconds(10));
        double seconds = (System.nanoTime() - began) / 1e9;
        assertEquals(1_000_000, success(result).bytes());
        // The last bytes cause no delay.
        assertTrue(seconds > 0.6, () -> "took only " + seconds + " s");
    }
}
