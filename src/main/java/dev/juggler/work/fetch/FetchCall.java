package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.work.fetch.FetchPhase.Active;
import dev.juggler.work.fetch.FetchPhase.Transferring;
import dev.juggler.work.fetch.ResponseVerdict.Accept;
import dev.juggler.work.fetch.ResponseVerdict.Awaited;
import dev.juggler.work.fetch.ResponseVerdict.FollowUp;
import dev.juggler.work.fetch.ResponseVerdict.Reject;
import dev.juggler.work.fetch.ResponseVerdict.Split;
import dev.juggler.work.fetch.SegmentTransfer.SegmentEnd;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.ExchangeErrors;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.http.StallDetector;
import dev.juggler.work.fetch.saving.PartFile;
import dev.juggler.work.fetch.saving.SavedBody;
import dev.juggler.work.fetch.url.InvalidUrlException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to fetch one input, from checking the disk to its result:
 *
 * <pre>
 *   prepare ─► request ─► accept (evaluate head) ─► write … ─► save ─► result
 *                 ▲              │
 *                 └── follow up ─┘   redirects, logins, failed conditions and ranges
 * </pre>
 *
 * <p>{@link FetchPhase} is its state. Confined to the event loop; work that blocks on files runs on the threads of its
 * {@link FileTasks}, one task at a time.
 */
final class FetchCall implements BodyTransfer.TransferHandler {
    static final String CANCELLED = "the fetch was cancelled";

    private final FetchPlan plan;
    private final FetchLoop loop;
    private final FileTasks files;
    private final FetchInput input;
    private final BodyDelivery delivery;
    private final FetchRequests requests;
    private final ResponseRules rules;
    private final Promise<Result> promise = Promise.promise();
    private FetchPhase phase = new FetchPhase.Preparing(Future.succeededFuture());

    /** Target of the latest request. */
    private RequestTarget target;

    /** Status of its response; 0 before that arrives. */
    private int status;

    private ResponseVerdict verdict = new Awaited();

    private FetchCall(FetchPlan plan, FetchLoop loop, FileTasks files, FetchInput input, BodyDelivery delivery) {
        this.plan = plan;
        this.loop = loop;
        this.files = files;
        this.input = input;
        this.delivery = delivery;
        this.requests = new FetchRequests(plan, loop.session(), input.target());
        this.rules = new ResponseRules(plan, requests, delivery);
        this.target = requests.first();
    }

    /**
     * Creates a fetch that begins with {@link #start()}. Any thread may call it.
     *
     * @throws InvalidUrlException when the input is invalid, or lacks the checksum that the job requires
     */
    static FetchCall of(Task task, FetchPlan plan, FetchLoop loop, FileTasks files) throws InvalidUrlException {
        FetchInput input = FetchInput.of(task);
        if (input.checksum() == null && plan.saving().policy().checksums()) {
            throw new InvalidUrlException("it has no checksum; append one, as in 'URL sha256=HEX'");
        }
        return new FetchCall(plan, loop, files, input, new BodyDelivery(plan, task, input));
    }

    /** Begins; the future completes on the loop and never fails. */
    Future<Result> start() {
        loop.watch(this);
        prepare();
        return result();
    }

    Future<Result> result() {
        return promise.future();
    }

    /** Looks for files of earlier attempts and runs; an existing file may suffice. */
    private void prepare() {
        PriorDownload prior = delivery.prior();
        await(prior.readsDisk() ? files.call(prior::find) : immediately(prior::find), suffices -> {
            if (suffices) {
                end(new Result.Succeeded(new Value.Fetched(0, 0, input.target().url(), prior.oldPath(), null)));
            } else {
                request(target);
            }
        });
    }

    private void request(RequestTarget next) {
        target = next;
        verdict = new Awaited();
        if (loop.session().hasUncheckedCookies()) {
            await(files.run(loop.session()::checkCookies), done -> send());
        } else {
            send();
        }
    }

    private void send() {
        BodyTransfer transfer = new BodyTransfer(this, loop, files, plan.bandwidth());
        phase = active().transfer(transfer, stallDetector());
        transfer.begin(requests.build(
                target, requests.mayRequestPart(target) ? delivery.prior().conditions() : List.of()));
    }

    @Override
    public BodyReceiver accept(ResponseHead head) {
        status = head.status();
        loop.session().receiveCookies(target.url(), head);
        verdict = rules.evaluate(target, head);
        return verdict.body();
    }

    @Override
    public void write(BodyChunk chunk) throws IOException {
        delivery.write(chunk);
    }

    @Override
    public void ended(TransferEnd end) {
        orFail(() -> react(end));
    }

    private void react(TransferEnd end) {
        switch (end) {
            case TransferEnd.Received received -> received();
            case TransferEnd.NoResponse(Throwable cause) ->
                fail(ExchangeErrors.beforeHead(cause, target.url().origin(), requests.proxy(target)));
            case TransferEnd.NotWritten(Throwable cause) -> fail(ExchangeErrors.ofFile(cause));
            case TransferEnd.Interrupted(Throwable cause, BodyReceiver body)
            when verdict instanceof Accept -> fail(ExchangeErrors.inBody(cause, body));
            // The verdict on the head stands, even if the body that came with it failed.
            case TransferEnd.Interrupted unwanted -> received();
        }
    }

    private void received() {
        switch (verdict) {
            case Accept(BodyReceiver body) -> accepted(body);
            case FollowUp followUp -> request(followUp.next());
            case Split split -> prepareSegments(split.segments());
            case Reject reject -> fail(reject.error());
            case Awaited awaited -> throw new IllegalStateException("a body came before its head");
        }
    }

    private void accepted(BodyReceiver body) {
        if (body.isTooLong()) {
            fail(TaskError.permanent(
                    "too-large", "the body is longer than " + plan.limits().maxBytes() + " bytes"));
        } else if (body.isShort()) {
            fail(TaskError.passing(
                    "truncated", "the body ended after " + body.count() + " of " + body.declared() + " bytes"));
        } else if (body.isBuffering()) {
            BodyChunk last = body.takeChunk();
            save(() -> commit(last), () -> loop.buffers().giveBack(last));
        } else {
            end(new Result.Succeeded(fetched(null)));
        }
    }

    private SavedBody commit(BodyChunk last) throws IOException {
        try (last) {
            return delivery.commit(last);
        }
    }

    /**
     * Saves the body; nothing interrupts this.
     *
     * @param saved runs on success only: the decoder of a failed body may still read its buffer
     */
    private void save(Callable<SavedBody> saving, Runnable saved) {
        phase = ((Transferring) phase).save();
        files.call(saving).onComplete((body, cause) -> {
            if (cause == null) {
                saved.run();
            }
            phase = ((FetchPhase.Saving) phase).end();
            promise.complete(
                    cause == null
                            ? new Result.Succeeded(fetched(body))
                            : new Result.Failed(errorOf(cause), fetched(null)));
        });
    }

    private void prepareSegments(Segments segments) {
        await(files.call(() -> delivery.begin(segments)), part -> transfer(segments, part));
    }

    private void transfer(Segments segments, PartFile part) {
        List<SegmentTransfer> transfers = segments.parts().stream()
                .map(segment -> new SegmentTransfer(segments, segment, part, loop, files, plan.bandwidth()))
                .toList();
        SegmentedTransfer all = new SegmentedTransfer(segments, transfers);
        phase = active().transfer(all, stallDetector());
        List<Future<SegmentEnd>> ends = new ArrayList<>();
        for (int i = 0; i < transfers.size(); i++) {
            ends.add(transfers
                    .get(i)
                    .begin(requests.build(
                            target,
                            SegmentTransfer.conditions(segments.parts().get(i).range(), segments.version()))));
        }
        all.begin(ends).onSuccess(end -> segmentsEnded(end, segments, part));
    }

    private void segmentsEnded(SegmentEnd end, Segments segments, PartFile part) {
        if (!(phase instanceof Active)) {
            return;
        }
        switch (end) {
            case SegmentEnd.Whole whole -> save(() -> delivery.commit(segments, part), () -> {});
            // Ranges failed: fetch in one stream from now on.
            case SegmentEnd.Refused refused -> await(files.run(() -> delivery.drop(part)), dropped -> request(target));
            case SegmentEnd.Failed(TaskError error) -> fail(error);
            case SegmentEnd.Stopped stopped -> throw new IllegalStateException("segments stopped without a reason");
        }
    }

    /** Waits for file work, and continues with its value unless the fetch has a result by then. */
    private <T> void await(Future<T> fileTask, Consumer<T> next) {
        phase = active().prepare(fileTask);
        fileTask.onComplete((value, cause) -> {
            if (phase instanceof Active) {
                if (cause == null) {
                    orFail(() -> next.accept(value));
                } else {
                    fail(errorOf(cause));
                }
            }
        });
    }

    /** Runs a step; an exception fails the fetch, which would otherwise never get a result. */
    private void orFail(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error defect) {
            if (phase instanceof Active) {
                fail(TaskError.of(defect));
            } else {
                throw defect;
            }
        }
    }

    /** Returns the error of file work: that of the file system, or an internal one. */
    private static TaskError errorOf(Throwable cause) {
        return cause instanceof IOException ? ExchangeErrors.ofFile(cause) : TaskError.of(cause);
    }

    private static <T> Future<T> immediately(Callable<T> action) {
        try {
            return Future.succeededFuture(action.call());
        } catch (Exception | Error e) {
            return Future.failedFuture(e);
        }
    }

    /** Ends the fetch when its server is too slow. */
    void check(long nanoTime) {
        TaskError why = phase instanceof Transferring transferring ? transferring.stall(nanoTime) : null;
        if (why != null) {
            fail(why);
        }
    }

    /** Cancels the fetch unless saving has begun, which cannot be undone. */
    void cancel() {
        if (phase instanceof Active) {
            end(Result.Cancelled.because(CANCELLED, null));
        }
    }

    private void fail(TaskError error) {
        end(new Result.Failed(error, verdict instanceof Awaited ? null : fetched(null)));
    }

    /** Ends the fetch with a result other than a saved body, once its bytes are stored or dropped. */
    private void end(Result result) {
        Active ended = active();
        phase = ended.end(result);
        ended.stop().onComplete(stopped -> releaseBody());
    }

    private void releaseBody() {
        BodyChunk rest = verdict.body().takeChunk();
        if (delivery.holds(rest)) {
            files.run(() -> release(rest)).onComplete(released -> complete());
        } else {
            rest.close();
            complete();
        }
    }

    private void release(BodyChunk rest) {
        try (rest) {
            delivery.release(rest);
        }
    }

    private void complete() {
        FetchPhase.Ending ending = (FetchPhase.Ending) phase;
        phase = ending.end();
        promise.complete(ending.result());
    }

    private Active active() {
        return (Active) phase;
    }

    private @Nullable StallDetector stallDetector() {
        return plan.limits().flow().isWatched()
                ? new StallDetector(plan.limits().flow(), plan.settings().rateWindow(), System.nanoTime())
                : null;
    }

    /** Returns the values of the latest response, with the saved body if there is one. */
    private Value.Fetched fetched(@Nullable SavedBody saved) {
        BodyReceiver body = verdict.body();
        long received = verdict instanceof Split split ? split.segments().count() : body.count();
        String path = status == 304 ? delivery.prior().oldPath() : saved == null ? null : saved.path();
        return new Value.Fetched(
                status,
                saved == null ? received : saved.size(),
                target.url().url(),
                path,
                saved == null ? null : saved.sha256(),
                body.crc32c());
    }
}
