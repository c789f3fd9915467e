package dev.juggler.work.fetch;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;

/**
 * Takes a body from the thread of the JDK's client and gives it, batch by batch, to the thread of the worker. A short
 * body wakes the worker once, when all of it is there; of a long one at most two batches wait, the one that is full and
 * the one that gathers.
 */
final class BodyReader implements BodySubscriber<BodyReader> {
    private final Intake intake;
    private final Bandwidth bandwidth;
    private final CompletableFuture<BodyReader> ready = new CompletableFuture<>();
    private Subscription subscription;
    private Batch full;
    private boolean halted;
    private boolean waits;
    private boolean ended;
    private Throwable fault;

    /**
     * A body that has not begun.
     *
     * @param bandwidth what it shares the line by, or null
     */
    BodyReader(Intake intake, Bandwidth bandwidth) {
        this.intake = intake;
        this.bandwidth = bandwidth;
    }

    @Override
    public CompletionStage<BodyReader> getBody() {
        return ready;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        synchronized (this) {
            this.subscription = subscription;
        }
        if (intake.isTooLong()) {
            stop();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        long waitNanos = bandwidth == null ? 0 : bandwidth.took(size(pieces), System.nanoTime());
        if (take(pieces)) {
            request(waitNanos);
        }
    }

    private static long size(List<ByteBuffer> pieces) {
        return pieces.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** Asks for more when what came is paid for. */
    private void request(long waitNanos) {
        if (waitNanos == 0) {
            subscription.request(1);
            return;
        }
        setWaits(true);
        CompletableFuture.delayedExecutor(waitNanos, TimeUnit.NANOSECONDS).execute(() -> {
            setWaits(false);
            subscription.request(1);
        });
    }

    private synchronized void setWaits(boolean now) {
        waits = now;
    }

    /** Whether nothing comes because nothing was asked for. */
    synchronized boolean isHeld() {
        return waits || halted;
    }

    synchronized long count() {
        return intake.count();
    }

    /** Waits until {@link #nextFull} has something to say, at most so long; whether it has. */
    synchronized boolean isReady(long millis) throws InterruptedException {
        if (full == null && !ended) {
            wait(millis);
        }
        return full != null || ended;
    }

    /** Whether there is room for more. */
    private boolean take(List<ByteBuffer> pieces) {
        synchronized (this) {
            if (ended) {
                return false;
            }
            pieces.forEach(this::take);
            if (!intake.isTooLong() && !intake.isFull()) {
                return true;
            }
        }
        if (intake.isTooLong()) {
            stop();
            return false;
        }
        return offer();
    }

    private void take(ByteBuffer piece) {
        int length = piece.remaining();
        if (intake.sums()) {
            intake.sum(piece.duplicate());
        }
        if (intake.keeps()) {
            byte[] room = intake.room(length);
            piece.get(room, intake.offset(), length);
        }
        intake.received(length);
    }

    private boolean offer() {
        synchronized (this) {
            if (full != null) {
                halted = true;
                return false;
            }
            full = intake.handOver();
            notifyAll();
        }
        ready.complete(this);
        return true;
    }

    /** Ends a body that is too long. */
    private void stop() {
        subscription.cancel();
        onComplete();
    }

    @Override
    public void onComplete() {
        end(null);
    }

    @Override
    public void onError(Throwable cause) {
        end(cause);
    }

    private void end(Throwable cause) {
        synchronized (this) {
            if (!ended) {
                ended = true;
                fault = cause;
                notifyAll();
            }
        }
        ready.complete(this);
    }

    /** The next full batch; null when the body ended or broke off, and what is left of it lies in the intake. */
    Batch nextFull() throws InterruptedException {
        Batch batch;
        boolean goOn;
        synchronized (this) {
            while (full == null && !ended) {
                wait();
            }
            batch = full;
            full = null;
            goOn = halted;
            if (halted) {
                halted = false;
                full = intake.handOver();
            }
        }
        if (goOn) {
            subscription.request(1);
        }
        return batch;
    }

    /** Takes back a batch that was written. */
    synchronized void reuse(Batch written) {
        intake.reuse(written);
    }

    /** What came behind the last batch that was given out; nothing when that would leave a gap. For a body that is over. */
    synchronized Batch rest() {
        return full == null ? intake.handOver() : Batch.EMPTY;
    }

    /** Why the body broke off, or null. */
    synchronized Throwable fault() {
        return fault;
    }

    /** Safe to use by the worker once the body has ended. */
    Intake intake() {
        return intake;
    }

    /** Ends the exchange and its connection if it is not over. */
    void close() {
        boolean open;
        synchronized (this) {
            open = !ended;
            ended = true;
        }
        if (open && subscription != null) {
            subscription.cancel();
        }
    }
}
