package dev.juggler.work.fetch;

import dev.juggler.work.fetch.SegmentTransfer.SegmentEnd;
import io.vertx.core.Future;
import java.util.List;

/**
 * The segments of one body, fetched in parallel. The first that ends incomplete stops the others. Confined to the event
 * loop.
 */
final class SegmentedTransfer implements Transfer {
    private final Segments segments;
    private final List<SegmentTransfer> transfers;
    private boolean stopped;
    private Future<Void> ended = Future.succeededFuture();

    SegmentedTransfer(Segments segments, List<SegmentTransfer> transfers) {
        this.segments = segments;
        this.transfers = transfers;
    }

    /**
     * Combines the ends of its transfers, in the order of the segments.
     *
     * @return the end of all: refused if one is, else the first failure, else whole; completes on the loop once no file
     *     thread works for any of them
     */
    Future<SegmentEnd> begin(List<Future<SegmentEnd>> ends) {
        SegmentEnd[] first = new SegmentEnd[1];
        ends.forEach(each -> each.onSuccess(end -> {
            if (!(end instanceof SegmentEnd.Whole) && first[0] == null) {
                first[0] = end;
                stopAll();
            }
        }));
        Future<SegmentEnd> all = Future.join(ends).map(joined -> {
            boolean refused = ends.stream().anyMatch(end -> end.result() instanceof SegmentEnd.Refused);
            return refused ? new SegmentEnd.Refused() : first[0] == null ? new SegmentEnd.Whole() : first[0];
        });
        ended = all.mapEmpty();
        return all;
    }

    private void stopAll() {
        stopped = true;
        transfers.forEach(SegmentTransfer::stop);
    }

    @Override
    public long count() {
        return segments.count();
    }

    @Override
    public boolean isReceiving() {
        return !stopped && !ended.isComplete();
    }

    @Override
    public boolean isPaused() {
        return transfers.stream().anyMatch(SegmentTransfer::isPaused);
    }

    @Override
    public Future<Void> stop() {
        stopAll();
        return ended;
    }
}
