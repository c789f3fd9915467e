package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One try at one input: decides what is sent, what an answer means and what comes next. It does no I/O itself; a
 * transport asks it for a request, shows it the head of the answer and tells it how the body went, until there is a
 * result. Used by one thread at a time.
 */
final class Attempt {
    /** A redirect's own body is read, so that the connection can be used again, but only when it is short. */
    private static final long REDIRECT_BODY = 1 << 16;

    private final FetchPlan plan;
    private final Target input;
    private Target target;
    private String method;
    private boolean sendsBody;
    private int redirects;
    private Head head;
    private Target next;
    private TaskError error;

    Attempt(FetchPlan plan, Target input) {
        this.plan = plan;
        this.input = input;
        this.target = input;
        this.method = plan.method();
        this.sendsBody = plan.body() != null;
    }

    /** The request of the next exchange. */
    Outgoing outgoing() {
        return new Outgoing(target, method, headers(), sendsBody ? plan.body() : null);
    }

    private List<Header> headers() {
        boolean home = target.origin().equals(input.origin());
        List<Header> headers = home ? plan.headers() : plan.plainHeaders();
        String authorization = home && target.userInfo() == null ? input.authorization() : target.authorization();
        boolean changed = authorization != null && !(home && FetchPlan.has(headers, "authorization"));
        boolean dropsType = plan.body() != null && !sendsBody;
        if (!changed && !dropsType) {
            return headers;
        }
        List<Header> all = new ArrayList<>(headers);
        if (dropsType) {
            all.removeIf(header -> header.name().regionMatches(true, 0, "content-", 0, 8));
        }
        if (changed) {
            all.add(new Header("authorization", authorization));
        }
        return all;
    }

    /** Judges the head of an answer and says how its body is to be taken. */
    Intake accept(Head answer) {
        head = answer;
        long length = method.equals("HEAD") || answer.status() == 304 ? -1 : answer.length();
        if (answer.isRedirect()) {
            follow(answer);
            return Intake.counting(length, REDIRECT_BODY);
        }
        if (!answer.isGood()) {
            error = Statuses.error(answer, Instant.now());
            return Intake.counting(length, plan.maxBytes());
        }
        boolean keeps = plan.folder() != null && answer.status() != 304;
        Intake intake = keeps ? Intake.keeping(length, plan.maxBytes()) : Intake.counting(length, plan.maxBytes());
        return plan.crc() ? intake.summing() : intake;
    }

    private void follow(Head answer) {
        try {
            next = Redirects.next(target, answer, redirects, plan.maxRedirects());
        } catch (MalformedUrlException refused) {
            error = TaskError.permanent("redirect", refused.getMessage());
        }
    }

    /**
     * What comes of it now that the body has ended, or is too long to go on with: a result; null when there is another
     * exchange to do. Not for a body that is kept and good: that one is to be saved first.
     */
    Result ended(Intake intake) {
        if (next != null) {
            turn();
            return null;
        }
        TaskError why = error != null ? error : faultOf(intake);
        Value value = value(intake, null);
        return why == null ? new Result.Succeeded(value) : new Result.Failed(why, value);
    }

    /** Whether the body is whole and its bytes must be saved before there is a result. */
    boolean isToBeSaved(Intake intake) {
        return intake.keeps() && faultOf(intake) == null;
    }

    private TaskError faultOf(Intake intake) {
        if (intake.isTooLong()) {
            return TaskError.permanent("too-large", "the body is longer than " + plan.maxBytes() + " bytes");
        }
        if (intake.isShort()) {
            return TaskError.passing(
                    "truncated", "the body ended after " + intake.count() + " of " + intake.declared() + " bytes");
        }
        return null;
    }

    /**
     * What comes of it when the exchange broke off; null when there is another exchange to do: what was decided from
     * the head stands, however the body that came with it went.
     *
     * @param intake where the body went, or null when there was no head yet
     */
    Result brokenOff(Throwable cause, Intake intake) {
        if (intake == null) {
            return new Result.Failed(Faults.beforeHead(cause, target.origin()));
        }
        if (next != null || error != null) {
            return ended(intake);
        }
        return new Result.Failed(Faults.inBody(cause, intake), value(intake, null));
    }

    private void turn() {
        if (Redirects.becomesGet(head.status(), method)) {
            method = "GET";
            sendsBody = false;
        }
        redirects++;
        target = next;
        next = null;
    }

    /** The place for the body; only when {@link Intake#keeps()}. Named after the input, not what servers say. */
    Saving saving() {
        return new Saving(plan.folder(), FileNames.of(input.path()), plan.digest());
    }

    Result saved(Intake intake, Saved file) {
        return new Result.Succeeded(value(intake, file));
    }

    Result notSaved(Intake intake, Throwable cause) {
        return new Result.Failed(Faults.ofFile(cause), value(intake, null));
    }

    Result interrupted() {
        return Result.Cancelled.because("the fetch was broken off", null);
    }

    private Value value(Intake intake, Saved file) {
        String path = file == null ? null : file.path();
        String sha256 = file == null ? null : file.sha256();
        return new Value.Fetched(head.status(), intake.count(), target.url(), path, sha256, intake.crc32c());
    }
}
