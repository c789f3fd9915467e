package dev.juggler.work.fetch;

import static dev.juggler.work.fetch.RawServer.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.job.FetchSpec;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.FetchSettings;
import dev.juggler.work.fetch.http.ReadSizes;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.url.HttpUrl;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exchanges with a real server, on a loop of their own, whose chunks a file thread takes. */
class BodyTransferTest {
    private static final int LONG = 8 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ExecutorService files = Executors.newSingleThreadExecutor();
    private final Promise<TransferEnd> end = Promise.promise();
    private final AtomicLong written = new AtomicLong();

    /** Thrown by the next write, if there is one. */
    private final AtomicReference<IOException> writeFailure = new AtomicReference<>();

    /** A disk that takes nothing before it is opened. */
    private final CountDownLatch disk = new CountDownLatch(1);

    private final CountDownLatch writing = new CountDownLatch(1);

    private FetchPlan plan;
    private HttpClientAgent client;
    private FetchLoop loop;
    private RawServer server;

    private final BodyTransfer.TransferHandler handler = new BodyTransfer.TransferHandler() {
        @Override
        public BodyReceiver accept(ResponseHead head) {
            return BodyReceiver.buffering(head.length(), Long.MAX_VALUE);
        }

        @Override
        public void write(BodyChunk chunk) throws IOException {
            writing.countDown();
            try {
                disk.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            IOException failure = writeFailure.get();
            if (failure != null) {
                throw failure;
            }
            written.addAndGet(chunk.length());
        }

        @Override
        public void ended(TransferEnd how) {
            end.complete(how);
        }
    };

    @BeforeEach
    void open() throws Exception {
        server = new RawServer(vertx);
        plan = FetchPlan.of(FetchSpec.READ, FetchSettings.DEFAULT, Map.of());
        client = AsyncFetch.client(plan, vertx);
        loop = onLoop(() -> new FetchLoop(plan, vertx, client, new ReadSizes(true)));
    }

    @AfterEach
    void close() throws Exception {
        disk.countDown();
        onLoop(() -> {
            loop.close();
            return true;
        });
        files.shutdownNow();
        server.close();
        Waiting.await(vertx.close());
    }

    private <T> T onLoop(Callable<T> action) throws Exception {
        return Waiting.await(Future.future(promise -> context.runOnContext(ignored -> {
            try {
                promise.complete(action.call());
            } catch (Exception e) {
                promise.fail(e);
            }
        })));
    }

    private BodyTransfer begin(String path, BandwidthLimiter bandwidth) throws Exception {
        HttpUrl url = HttpUrl.parse(server.url(path));
        FetchRequests requests = new FetchRequests(plan, loop.session(), url);
        return onLoop(() -> {
            BodyTransfer transfer = new BodyTransfer(handler, loop, new FileTasks(loop.context(), files), bandwidth);
            transfer.begin(requests.build(requests.first(), List.of()));
            return transfer;
        });
    }

    private TransferEnd end() throws Exception {
        return Waiting.await(end.future());
    }

    /** The number of bytes that were written or wait in the receiver for the caller to write. */
    private long received(BodyReceiver body) throws Exception {
        return written.get()
                + onLoop(() -> {
                    try (BodyChunk rest = body.takeChunk()) {
                        return (long) rest.length();
                    }
                });
    }

    @Test
    void aShortBodyIsLeftToTheHandler() throws Exception {
        server.on("/", plain("200 OK", "hello"));
        BodyTransfer transfer = begin("/", null);
        BodyReceiver body = assertInstanceOf(TransferEnd.Received.class, end()).body();
        assertEquals(0, written.get());
        assertEquals(5, received(body));
        assertTrue(onLoop(transfer::isEnded));
        assertFalse(onLoop(transfer::isReceiving));
    }

    @Test
    void aLongBodyIsWrittenWhileItComes() throws Exception {
        disk.countDown();
        server.on("/", plain("200 OK", "x".repeat(LONG)));
        begin("/", null);
        BodyReceiver body = assertInstanceOf(TransferEnd.Received.class, end()).body();
        assertTrue(written.get() > 0, "nothing was written");
        assertEquals(LONG, received(body));
    }

    @Test
    void readsNoMoreWhileTheDiskIsBehind() throws Exception {
        server.on("/", plain("200 OK", "x".repeat(LONG)));
        BodyTransfer transfer = begin("/", null);
        Waiting.until("it pauses", () -> onLoop(transfer::isPaused));
        assertTrue(onLoop(transfer::count) < LONG, "all of the body is in memory");
        assertFalse(end.future().isComplete());
        disk.countDown();
        assertEquals(
                LONG,
                received(assertInstanceOf(TransferEnd.Received.class, end()).body()));
    }

    @Test
    void pausesForTheBandwidthThatAllBodiesShare() throws Exception {
        disk.countDown();
        server.on("/", plain("200 OK", "x".repeat(200_000)));
        begin("/", new BandwidthLimiter(1_000_000, System.nanoTime()));
        assertEquals(
                200_000,
                received(assertInstanceOf(TransferEnd.Received.class, end()).body()));
    }

    @Test
    void aFailedWriteBreaksTheExchangeOff() throws Exception {
        IOException full = new IOException("no space left on device");
        writeFailure.set(full);
        disk.countDown();
        server.on("/", plain("200 OK", "x".repeat(LONG)));
        begin("/", null);
        assertSame(full, assertInstanceOf(TransferEnd.NotWritten.class, end()).cause());
    }

    @Test
    void aBodyThatBreaksOffKeepsWhatCame() throws Exception {
        server.onClosing("/", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        begin("/", null);
        assertEquals(
                5,
                received(assertInstanceOf(TransferEnd.Interrupted.class, end()).body()));
    }

    @Test
    void aConnectionWithoutAResponseSaysSo() throws Exception {
        server.on("/", (socket, request) -> socket.close());
        begin("/", null);
        assertInstanceOf(TransferEnd.NoResponse.class, end());
    }

    @Test
    void stoppingWaitsForTheWriteThatIsUnderWayAndReportsNoEnd() throws Exception {
        server.on("/", plain("200 OK", "x".repeat(LONG)));
        BodyTransfer transfer = begin("/", null);
        writing.await();
        Future<Void> stopped = onLoop(transfer::stop);
        assertFalse(stopped.isComplete());
        assertFalse(onLoop(transfer::isReceiving));
        disk.countDown();
        Waiting.await(stopped);
        assertTrue(onLoop(transfer::isEnded));
        assertFalse(end.future().isComplete());
    }

    @Test
    void stoppingBeforeAResponseIsOverAtOnce() throws Exception {
        server.on("/", (socket, request) -> {});
        BodyTransfer transfer = begin("/", null);
        Waiting.until("the server has the request", () -> !server.requests().isEmpty());
        assertTrue(onLoop(() -> transfer.stop().isComplete()));
        assertFalse(end.future().isComplete());
    }
}
