package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.TaskError;
import dev.juggler.work.fetch.PriorDownload.ResumePoint;
import dev.juggler.work.fetch.ResponseVerdict.Accept;
import dev.juggler.work.fetch.ResponseVerdict.FollowUp;
import dev.juggler.work.fetch.ResponseVerdict.Reject;
import dev.juggler.work.fetch.ResponseVerdict.Split;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.ExchangeErrors;
import dev.juggler.work.fetch.http.Redirects;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.http.StatusErrors;
import dev.juggler.work.fetch.url.InvalidUrlException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a response head for one fetch: framing, redirects, challenges, statuses, encodings and ranges, in this
 * order. Confined to the event loop.
 */
final class ResponseRules {
    /** Maximum length of an unwanted body that is read so that its connection can be reused. */
    private static final long MAX_DRAINED = 1 << 16;

    private static final int PROXY_LOGIN = 407;

    private final FetchPlan plan;
    private final FetchRequests requests;
    private final BodyDelivery delivery;

    ResponseRules(FetchPlan plan, FetchRequests requests, BodyDelivery delivery) {
        this.plan = plan;
        this.requests = requests;
        this.delivery = delivery;
    }

    /** Evaluates the head of a response, and prepares the delivery for an accepted body. */
    ResponseVerdict evaluate(RequestTarget target, ResponseHead head) {
        long length = target.method().equals("HEAD") || head.isBodiless() ? -1 : head.length();
        String misframed = head.framingError();
        if (misframed != null) {
            return new Reject(misbehaved(target, misframed), drained(-1));
        }
        if (head.isRedirect()) {
            return redirect(target, head, drained(length));
        }
        boolean conditionFailed = head.status() == 412 || head.status() == 416;
        if (conditionFailed && delivery.prior().withdraw()) {
            return new FollowUp(target, drained(length));
        }
        if (requests.answersChallenge(target, head)) {
            return new FollowUp(target.afterChallenge(), drained(length));
        }
        if (!head.isSuccess()) {
            return new Reject(statusError(target, head), BodyReceiver.counting(length, limit()));
        }
        String contradiction = contradiction(head);
        if (contradiction != null) {
            return delivery.prior().withdraw()
                    ? new FollowUp(target, drained(length))
                    : new Reject(misbehaved(target, contradiction), drained(length));
        }
        TaskError undecodable = delivery.decode(head);
        if (undecodable != null) {
            return new Reject(undecodable, drained(length));
        }
        return head.status() == 206 ? part(target, head) : whole(target, head, length);
    }

    private static TaskError misbehaved(RequestTarget target, String reason) {
        return TaskError.passing(
                "protocol", target.url().origin().authority() + " sent an invalid HTTP response: " + reason);
    }

    /**
     * Returns how a successful response contradicts its request or itself; null when it does not. Such a response may
     * hold a part of the body, or none, where the whole is expected.
     */
    private @Nullable String contradiction(ResponseHead head) {
        if (head.status() == 304 && !isConditional()) {
            return "304 Not Modified, although the request had no condition";
        }
        if (head.status() != 206 && head.status() != 304 && head.headers().get("content-range") != null) {
            return "the status " + head.status() + " with a Content-Range";
        }
        return head.status() == 200 && delivery.prior().hasOtherLength(head)
                ? "a body of another length than before, with the same validator"
                : null;
    }

    private boolean isConditional() {
        List<Header> own = plan.request().headers();
        return delivery.prior().isConditional()
                || FetchPlan.has(own, "if-none-match")
                || FetchPlan.has(own, "if-modified-since");
    }

    private ResponseVerdict redirect(RequestTarget target, ResponseHead head, BodyReceiver drained) {
        try {
            return new FollowUp(
                    target.redirectedTo(
                            Redirects.next(
                                    target.url(),
                                    head,
                                    target.redirects(),
                                    plan.limits().maxRedirects(),
                                    plan.access().allowDowngrade()),
                            head.status()),
                    drained);
        } catch (InvalidUrlException refused) {
            return new Reject(
                    TaskError.permanent(
                            "redirect", Objects.requireNonNullElse(refused.getMessage(), "it cannot be followed")),
                    drained);
        }
    }

    private TaskError statusError(RequestTarget target, ResponseHead head) {
        return requests.proxy(target)
                .filter(proxy -> head.status() == PROXY_LOGIN)
                .map(ExchangeErrors::proxyLogin)
                .orElseGet(() -> StatusErrors.error(head, Instant.now()));
    }

    private ResponseVerdict whole(RequestTarget target, ResponseHead head, long length) {
        boolean keeps = delivery.needsBytes() && head.status() != 304;
        if (keeps) {
            delivery.begin(head, false);
            if (plan.limits().segments() > 1
                    && head.status() == 200
                    && "bytes".equalsIgnoreCase(head.headers().get("accept-ranges"))) {
                EntityVersion version = EntityVersion.of(head);
                if (isWorthSplitting(target, version, 0, length)) {
                    return split(version, 0, length);
                }
            }
        }
        BodyReceiver body = keeps ? BodyReceiver.buffering(length, limit()) : BodyReceiver.counting(length, limit());
        return new Accept(plan.saving().crc() ? body.withChecksum() : body);
    }

    /** Accepts a partial response only when it begins at the end of the saved part and has the same version. */
    private ResponseVerdict part(RequestTarget target, ResponseHead head) {
        if (FetchPlan.has(plan.request().headers(), "range")) {
            return whole(target, head, head.length());
        }
        ResumePoint point = delivery.isPlain() ? delivery.prior().resumePoint(head) : null;
        if (point != null) {
            delivery.begin(head, true);
            return isWorthSplitting(target, point.version(), point.offset(), point.total())
                    ? split(point.version(), point.offset(), point.total())
                    : new Accept(BodyReceiver.bufferingFrom(point.offset(), point.total(), limit()));
        }
        return delivery.prior().withdraw()
                ? new FollowUp(target, drained(head.length()))
                : new Reject(
                        TaskError.passing("content-range", "the server sent a part of the body that was not requested"),
                        drained(head.length()));
    }

    private boolean isWorthSplitting(RequestTarget target, EntityVersion version, long from, long total) {
        return plan.limits().segments() > 1
                && delivery.maySplit()
                && requests.mayRequestPart(target)
                && !FetchPlan.has(plan.request().headers(), "if-range")
                && !plan.saving().crc()
                && version.isKnown()
                && total <= limit()
                && total - from >= 2 * plan.settings().minSegmentBytes();
    }

    private Split split(EntityVersion version, long from, long total) {
        long maxCount = (total - from) / plan.settings().minSegmentBytes();
        return new Split(Segments.split(
                version, from, total, (int) Math.min(maxCount, plan.limits().segments())));
    }

    private static BodyReceiver drained(long length) {
        return BodyReceiver.counting(length, MAX_DRAINED);
    }

    private long limit() {
        return plan.limits().maxBytes();
    }
}
