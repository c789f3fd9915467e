package dev.juggler.work.fetch;

import dev.juggler.work.fetch.TransferPhase.Draining;
import dev.juggler.work.fetch.TransferPhase.Ended;
import dev.juggler.work.fetch.TransferPhase.Open;
import dev.juggler.work.fetch.TransferPhase.Receiving;
import dev.juggler.work.fetch.TransferPhase.Requested;
import dev.juggler.work.fetch.TransferPhase.Stopping;
import dev.juggler.work.fetch.TransferPhase.Writing;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.HttpExchange;
import dev.juggler.work.fetch.http.OutgoingRequest;
import dev.juggler.work.fetch.http.ResponseHead;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One exchange whose body is written while it arrives, with back-pressure and a shared bandwidth limit. Confined to the
 * event loop, whichever threads write.
 */
final class BodyTransfer implements Transfer, HttpExchange.ExchangeListener {

    /** The fetch, or segment of one, that an exchange belongs to. */
    interface TransferHandler {
        /** Evaluates the head of the response; returns the receiver of its body. Called on the loop, once. */
        BodyReceiver accept(ResponseHead head);

        /** Writes a chunk of the body, not its last. Called on a file thread, one chunk after another; blocks. */
        void write(BodyChunk chunk) throws IOException;

        /** Takes the end of the exchange. Called on the loop, once, when no file thread works for the exchange. */
        void ended(TransferEnd end);
    }

    private final TransferHandler handler;
    private final FetchLoop loop;
    private final FileTasks files;
    private final @Nullable BandwidthLimiter bandwidth;
    private final HttpExchange exchange = new HttpExchange(this);
    private TransferPhase phase = new Requested();

    /** Current reasons to pause reading: a full chunk behind a slow disk, and each bandwidth delay. */
    private int pauses;

    /** Pending bandwidth delays. */
    private int delays;

    /** @param bandwidth the limiter that all bodies share, or null */
    BodyTransfer(TransferHandler handler, FetchLoop loop, FileTasks files, @Nullable BandwidthLimiter bandwidth) {
        this.handler = handler;
        this.loop = loop;
        this.files = files;
        this.bandwidth = bandwidth;
    }

    /** Sends the request. */
    void begin(OutgoingRequest request) {
        exchange.begin(loop.connections(), request);
    }

    @Override
    public BodyReceiver headReceived(ResponseHead head) {
        BodyReceiver body = handler.accept(head);
        loop.buffers().lendTo(body);
        if (phase instanceof Requested requested) {
            phase = requested.respond(body);
        }
        return body;
    }

    @Override
    public void bytesReceived(int bytes) {
        if (bandwidth == null) {
            return;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(bandwidth.take(bytes, System.nanoTime()));
        if (millis > 0) {
            delays++;
            pause();
            loop.later(millis, this::delayPassed);
        }
    }

    private void delayPassed() {
        delays--;
        resume();
        reportIfDue();
    }

    @Override
    public void chunkReady() {
        if (phase instanceof Receiving receiving) {
            write(receiving);
        } else if (phase instanceof Writing writing
                && !writing.full()
                && writing.body().shouldPause()) {
            phase = writing.fill();
            pause();
        }
    }

    private void write(Receiving receiving) {
        BodyReceiver body = receiving.body();
        BodyChunk chunk = body.takeChunk();
        phase = receiving.write();
        files.run(() -> write(chunk)).onComplete((done, cause) -> {
            body.recycle(chunk);
            if (cause == null) {
                written();
            } else {
                notWritten(cause);
            }
        });
    }

    private void write(BodyChunk chunk) throws IOException {
        try (chunk) {
            handler.write(chunk);
        }
    }

    private void written() {
        switch (phase) {
            case Writing writing -> {
                Receiving receiving = writing.written();
                phase = receiving;
                if (receiving.body().isFull()) {
                    write(receiving);
                }
                if (writing.full()) {
                    resume();
                }
            }
            case Draining draining -> {
                phase = draining.written();
                reportIfDue();
            }
            case Stopping stopping -> stopped(stopping);
            case Requested never -> throw new IllegalStateException("written before the response");
            case Receiving never -> throw new IllegalStateException("written twice");
            case Ended never -> throw new IllegalStateException("written after the end");
        }
    }

    private void notWritten(Throwable cause) {
        switch (phase) {
            case Writing writing -> {
                exchange.abort();
                phase = writing.refuse(cause);
                reportIfDue();
            }
            case Draining draining -> {
                phase = draining.refuse(cause);
                reportIfDue();
            }
            case Stopping stopping -> stopped(stopping);
            case Requested never -> throw new IllegalStateException("a write failed before the response", cause);
            case Receiving never -> throw new IllegalStateException("a write failed twice", cause);
            case Ended never -> throw new IllegalStateException("a write failed after the end", cause);
        }
    }

    private void stopped(Stopping stopping) {
        phase = stopping.written();
        stopping.stopped().complete();
    }

    @Override
    public void bodyEnded() {
        if (phase instanceof Receiving receiving) {
            phase = receiving.end();
        } else if (phase instanceof Writing writing) {
            phase = writing.end();
        }
        reportIfDue();
    }

    @Override
    public void failed(Throwable cause) {
        if (phase instanceof Open open) {
            phase = open.fail(cause);
            reportIfDue();
        }
    }

    private void reportIfDue() {
        if (phase instanceof Draining draining && draining.isDue(delays)) {
            phase = draining.report();
            handler.ended(draining.end());
        }
    }

    private void pause() {
        pauses++;
        if (pauses == 1) {
            exchange.pause();
        }
    }

    private void resume() {
        pauses--;
        if (pauses == 0 && isReceiving()) {
            exchange.resume();
        }
    }

    @Override
    public long count() {
        return switch (phase) {
            case Receiving receiving -> receiving.body().count();
            case Writing writing -> writing.body().count();
            default -> 0;
        };
    }

    @Override
    public boolean isReceiving() {
        return phase instanceof Open;
    }

    /** Returns whether it is over, so that {@link #stop()} does nothing. */
    boolean isEnded() {
        return phase instanceof Ended;
    }

    @Override
    public boolean isPaused() {
        return pauses > 0;
    }

    @Override
    public Future<Void> stop() {
        if (isReceiving()) {
            exchange.abort();
        }
        phase = phase.stop();
        return phase instanceof Stopping stopping ? stopping.stopped().future() : Future.succeededFuture();
    }
}
