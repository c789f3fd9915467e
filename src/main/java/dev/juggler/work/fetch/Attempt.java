package dev.juggler.work.fetch;

import dev.juggler.access.ProxyServer;
import dev.juggler.access.UserCredentials;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.ExchangeErrors;
import dev.juggler.work.fetch.http.FetchSession;
import dev.juggler.work.fetch.http.OutgoingRequest;
import dev.juggler.work.fetch.http.Redirects;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.http.StallDetector;
import dev.juggler.work.fetch.http.StatusErrors;
import dev.juggler.work.fetch.saving.SavedBody;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.InvalidUrlException;
import dev.juggler.work.fetch.url.Origin;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One try at one input: decides what is sent, what an answer means and what comes next. A transport asks it for a
 * request, shows it the head of the answer and tells it how the body went, until there is a result. Used by one thread
 * at a time. {@link #prepare}, {@link #write}, {@link #commit} and {@link #letGo} block on files, the others never do.
 */
final class Attempt implements FetchStep {
    /** A redirect's own body is read, so that the connection can be used again, but only when it is short. */
    private static final long REDIRECT_BODY = 1 << 16;

    private static final int PROXY_LOGIN = 407;

    /** A server that says each time that its challenge was too old is not believed for ever. */
    private static final int MOST_CHALLENGES = 3;

    private final FetchPlan plan;
    private final FetchSession session;
    private final HttpUrl input;
    private HttpUrl target;
    private String method;
    private boolean sendsBody;
    private int redirects;
    private int challenges;
    private ResponseHead head;
    private final BodyDelivery delivery;
    private HttpUrl next;
    private TaskError error;
    private Segments segments;

    /** Ranges did not work out: one stream from now on. */
    private boolean inOne;

    Attempt(FetchPlan plan, FetchSession session, Task task) throws InvalidUrlException {
        FetchInput line = FetchInput.parse(FetchWork.url(task));
        if (line.checksum() == null && plan.care().checksums()) {
            throw new InvalidUrlException("it has no checksum: write 'URL sha256=HEX'");
        }
        this.plan = plan;
        this.session = session;
        this.input = line.target();
        this.target = input;
        this.delivery = new BodyDelivery(plan, task, line);
        this.method = plan.method();
        this.sendsBody = plan.body() != null;
    }

    @Override
    public boolean mustLook() {
        return delivery.looksOnDisk();
    }

    @Override
    public Result prepare() {
        try {
            return delivery.look()
                    ? new Result.Succeeded(new Value.Fetched(0, 0, input.url(), delivery.oldPath(), null))
                    : null;
        } catch (IOException e) {
            return new Result.Failed(ExchangeErrors.ofFile(e));
        }
    }

    @Override
    public OutgoingRequest outgoing() {
        return outgoing(mayBePartial() ? delivery.conditions() : List.of());
    }

    private OutgoingRequest outgoing(List<Header> conditions) {
        return new OutgoingRequest(target, method, headers(conditions), sendsBody ? plan.body() : null, proxy());
    }

    private List<Header> headers(List<Header> conditions) {
        boolean home = target.origin().equals(plan.access().home(input.origin()));
        List<Header> headers = home ? plan.headers() : plan.plainHeaders();
        String authorization = home && FetchPlan.has(headers, "authorization") ? null : authorization();
        String cookies = home && FetchPlan.has(headers, "cookie") ? null : session.cookiesFor(target);
        boolean dropsType = plan.body() != null && !sendsBody;
        if (authorization == null && cookies == null && !dropsType && conditions.isEmpty()) {
            return headers;
        }
        List<Header> all = new ArrayList<>(headers);
        if (plan.maxRatio() > 0 && FetchPlan.has(conditions, "accept-encoding")) {
            all.removeIf(header -> header.name().equalsIgnoreCase("accept-encoding"));
        }
        conditions.stream().filter(header -> !FetchPlan.has(all, header.name())).forEach(all::add);
        if (dropsType) {
            all.removeIf(header -> header.name().regionMatches(true, 0, "content-", 0, 8));
        }
        if (authorization != null) {
            all.add(new Header("authorization", authorization));
        }
        if (cookies != null) {
            all.add(new Header("cookie", cookies));
        }
        return all;
    }

    private String authorization() {
        UserCredentials login = login();
        return login == null ? null : session.authorization(target, method, login);
    }

    /** What a Location says of a user belongs to where it leads; all else stays with the origin of the input. */
    private UserCredentials login() {
        if (!target.origin().equals(input.origin()) || target.userInfo() != null) {
            return target.login();
        }
        return input.userInfo() != null ? input.login() : plan.access().login(input.origin());
    }

    /** Whether the server asks for a login in another form than it got, and gets it. */
    private boolean logsIn(ResponseHead answer) {
        UserCredentials login = answer.status() == 401 && challenges < MOST_CHALLENGES ? login() : null;
        return login != null && session.challenged(target, login, answer, challenges++ > 0);
    }

    private Optional<ProxyServer> proxy() {
        Origin origin = target.origin();
        return plan.access().proxies().select(origin.tls(), origin.host());
    }

    @Override
    public BodyReceiver accept(ResponseHead answer) {
        head = answer;
        session.answered(target, answer);
        long length = method.equals("HEAD") || answer.isBodiless() ? -1 : answer.length();
        String misframed = answer.framingError();
        if (misframed != null) {
            error = TaskError.passing(
                    "protocol", target.origin().authority() + " did not answer in HTTP: " + misframed);
            return BodyReceiver.counting(-1, REDIRECT_BODY);
        }
        if (answer.isRedirect()) {
            follow(answer);
            return BodyReceiver.counting(length, REDIRECT_BODY);
        }
        boolean fitsNot = answer.status() == 412 || answer.status() == 416;
        if ((fitsNot && delivery.offerNothing()) || logsIn(answer)) {
            next = target;
            return BodyReceiver.counting(length, REDIRECT_BODY);
        }
        if (!answer.isSuccess()) {
            error = proxy().filter(proxy -> answer.status() == PROXY_LOGIN)
                    .map(ExchangeErrors::proxyLogin)
                    .orElseGet(() -> StatusErrors.error(answer, Instant.now()));
            return BodyReceiver.counting(length, plan.maxBytes());
        }
        error = delivery.unpack(answer);
        if (error != null) {
            return BodyReceiver.counting(length, REDIRECT_BODY);
        }
        return answer.status() == 206 ? acceptPart(answer) : acceptWhole(answer, length);
    }

    private BodyReceiver acceptWhole(ResponseHead answer, long length) {
        boolean keeps = delivery.takesBodies() && answer.status() != 304;
        if (keeps) {
            delivery.begin(answer, false);
            if (plan.segments() > 1
                    && answer.status() == 200
                    && "bytes".equalsIgnoreCase(answer.headers().apply("accept-ranges"))) {
                EntityVersion version = EntityVersion.of(answer);
                if (mayCut(version, 0, length)) {
                    return cut(new Segments(version, 0, length));
                }
            }
        }
        BodyReceiver intake = keeps
                ? BodyReceiver.buffering(length, plan.maxBytes())
                : BodyReceiver.counting(length, plan.maxBytes());
        return plan.crc() ? intake.withChecksum() : intake;
    }

    /** A part is only what was asked for when it begins where ours ends, and both are of one version. */
    private BodyReceiver acceptPart(ResponseHead answer) {
        if (FetchPlan.has(plan.headers(), "range")) {
            return acceptWhole(answer, answer.length());
        }
        if (delivery.continues(answer)) {
            delivery.begin(answer, true);
            EntityVersion version = delivery.offered();
            long offset = delivery.offset();
            long total = ContentRange.of(answer).total();
            return mayCut(version, offset, total)
                    ? cut(new Segments(version, offset, total))
                    : BodyReceiver.bufferingFrom(offset, total, plan.maxBytes());
        }
        if (delivery.offerNothing()) {
            next = target;
        } else {
            error = TaskError.passing("content-range", "the server sent a part of the body that nobody asked for");
        }
        return BodyReceiver.counting(answer.length(), REDIRECT_BODY);
    }

    private boolean mayCut(EntityVersion version, long from, long total) {
        return plan.segments() > 1
                && !inOne
                && plan.folder() != null
                && mayBePartial()
                && !FetchPlan.has(plan.headers(), "if-range")
                && delivery.isPlain()
                && !plan.crc()
                && version.isKnown()
                && total <= plan.maxBytes()
                && total - from >= 2 * plan.settings().leastSegment();
    }

    /** The exchange is broken off, and ranges take its place: it would go on to send what they bring. */
    private BodyReceiver cut(Segments rest) {
        long most = (rest.total() - rest.from()) / plan.settings().leastSegment();
        rest.cut((int) Math.min(most, plan.segments()), range -> {
            OutgoingRequest asks = outgoing(SegmentFetch.conditions(range, rest.version()));
            return new SegmentFetch(rest, range, asks, delivery, plan.bandwidth());
        });
        segments = rest;
        return BodyReceiver.rejecting();
    }

    @Override
    public Segments segments() {
        return segments;
    }

    @Override
    public void beginSegments() throws IOException {
        delivery.begin(segments);
    }

    @Override
    public Result join(Result failure) {
        try {
            if (segments.isRefused()) {
                delivery.dropSegments();
                delivery.offerNothing();
                inOne = true;
                segments = null;
                return null;
            }
            if (failure != null) {
                return new Result.Failed(failure.error(), value(null, null));
            }
            if (segments.contiguous() != segments.total()) {
                throw new IllegalStateException(
                        "segments of " + segments.contiguous() + " bytes, not " + segments.total());
            }
            return new Result.Succeeded(value(null, delivery.commitSegments()));
        } catch (IOException e) {
            return notSaved(null, e);
        }
    }

    private boolean mayBePartial() {
        return method.equals("GET") && !sendsBody && !FetchPlan.has(plan.headers(), "range");
    }

    private void follow(ResponseHead answer) {
        try {
            next = Redirects.next(
                    target,
                    answer,
                    redirects,
                    plan.maxRedirects(),
                    plan.access().allowDowngrade());
        } catch (InvalidUrlException refused) {
            error = TaskError.permanent("redirect", refused.getMessage());
        }
    }

    @Override
    public Result ended(BodyReceiver intake) {
        if (next != null) {
            turn();
            return null;
        }
        if (segments != null) {
            return null;
        }
        TaskError why = error != null ? error : faultOf(intake);
        Value value = value(intake, null);
        return why == null ? new Result.Succeeded(value) : new Result.Failed(why, value);
    }

    @Override
    public boolean isToBeSaved(BodyReceiver intake) {
        return intake.isBuffering() && faultOf(intake) == null;
    }

    private TaskError faultOf(BodyReceiver intake) {
        if (intake.isTooLong()) {
            return TaskError.permanent("too-large", "the body is longer than " + plan.maxBytes() + " bytes");
        }
        if (intake.isShort()) {
            return TaskError.passing(
                    "truncated", "the body ended after " + intake.count() + " of " + intake.declared() + " bytes");
        }
        return null;
    }

    @Override
    public Result brokenOff(Throwable cause, BodyReceiver intake) {
        if (intake == null) {
            return new Result.Failed(proxy().map(proxy -> ExchangeErrors.beforeHead(cause, target.origin(), proxy))
                    .orElseGet(() -> ExchangeErrors.beforeHead(cause, target.origin())));
        }
        if (next != null || error != null || segments != null) {
            return ended(intake);
        }
        return new Result.Failed(ExchangeErrors.inBody(cause, intake), value(intake, null));
    }

    private void turn() {
        if (head.isRedirect()) {
            if (Redirects.becomesGet(head.status(), method)) {
                method = "GET";
                sendsBody = false;
            }
            redirects++;
        }
        target = next;
        next = null;
    }

    @Override
    public void write(BodyChunk batch) throws IOException {
        delivery.write(batch);
    }

    @Override
    public Result commit(BodyReceiver intake, BodyChunk last) {
        try {
            return new Result.Succeeded(value(intake, delivery.commit(last)));
        } catch (IOException e) {
            return notSaved(intake, e);
        }
    }

    @Override
    public Result notSaved(BodyReceiver intake, Throwable cause) {
        return new Result.Failed(ExchangeErrors.ofFile(cause), value(intake, null));
    }

    @Override
    public Result tooSlow(TaskError why, BodyReceiver intake) {
        return new Result.Failed(why, intake == null && segments == null ? null : value(intake, null));
    }

    @Override
    public StallDetector pulse() {
        return plan.flow().isWatched()
                ? new StallDetector(plan.flow(), plan.settings().rateWindow(), System.nanoTime())
                : null;
    }

    @Override
    public BandwidthLimiter bandwidth() {
        return plan.bandwidth();
    }

    @Override
    public Result interrupted() {
        return Result.Cancelled.because("the fetch was broken off", null);
    }

    @Override
    public boolean holds(BodyReceiver intake) {
        return delivery.holds(intake);
    }

    @Override
    public void letGo(BodyChunk rest) {
        delivery.letGo(rest);
    }

    private Value value(BodyReceiver intake, SavedBody file) {
        String path = file == null ? null : file.path();
        if (head.status() == 304) {
            path = delivery.oldPath();
        }
        String sha256 = file == null ? null : file.sha256();
        if (segments != null) {
            long bytes = file == null ? segments.count() : file.size();
            return new Value.Fetched(head.status(), bytes, target.url(), path, sha256);
        }
        long bytes = file == null ? intake.count() : file.size();
        return new Value.Fetched(head.status(), bytes, target.url(), path, sha256, intake.crc32c());
    }
}
