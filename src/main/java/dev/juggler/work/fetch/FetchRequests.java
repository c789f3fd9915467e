package dev.juggler.work.fetch;

import dev.juggler.access.ProxyServer;
import dev.juggler.access.UserCredentials;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.work.fetch.http.FetchSession;
import dev.juggler.work.fetch.http.OutgoingRequest;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds the requests of one fetch, with the headers, login, cookies and proxy for each target. The user's headers and
 * login go to the home origin only, which is the input's own unless the job names another. Confined to the event loop.
 */
final class FetchRequests {
    /** Limit for a server that calls each nonce stale. */
    private static final int MAX_CHALLENGES = 3;

    private final FetchPlan plan;
    private final FetchSession session;
    private final HttpUrl input;

    FetchRequests(FetchPlan plan, FetchSession session, HttpUrl input) {
        this.plan = plan;
        this.session = session;
        this.input = input;
    }

    /** Returns the target of the input itself. */
    RequestTarget first() {
        return RequestTarget.first(
                input, plan.request().method(), plan.request().body() != null);
    }

    /**
     * Builds the request for a target.
     *
     * @param conditions headers that make a server send less than the whole body; the user's own take precedence
     */
    OutgoingRequest build(RequestTarget target, List<Header> conditions) {
        return new OutgoingRequest(
                target.url(),
                target.method(),
                headers(target, conditions),
                target.sendsBody() ? plan.request().body() : null,
                proxy(target));
    }

    /** Returns the plan's own list if nothing is added: the connection pool encodes that one only once. */
    private List<Header> headers(RequestTarget target, List<Header> conditions) {
        boolean home = target.url().origin().equals(plan.access().home(input.origin()));
        List<Header> headers = home ? plan.request().headers() : plan.request().plainHeaders();
        String authorization = home && FetchPlan.has(headers, "authorization") ? null : authorization(target);
        String cookies = home && FetchPlan.has(headers, "cookie") ? null : session.cookiesFor(target.url());
        boolean dropsType = plan.request().body() != null && !target.sendsBody();
        if (authorization == null && cookies == null && !dropsType && conditions.isEmpty()) {
            return headers;
        }
        List<Header> all = new ArrayList<>(headers);
        if (plan.limits().maxRatio() > 0 && FetchPlan.has(conditions, "accept-encoding")) {
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

    private @Nullable String authorization(RequestTarget target) {
        UserCredentials login = login(target.url());
        return login == null ? null : session.authorization(target.url(), target.method(), login);
    }

    /**
     * Returns the login for a target. The user in a Location belongs to its target; every other login stays with the
     * origin of the input.
     */
    private @Nullable UserCredentials login(HttpUrl url) {
        if (!url.origin().equals(input.origin()) || url.userInfo() != null) {
            return url.login();
        }
        return input.userInfo() != null ? input.login() : plan.access().login(input.origin());
    }

    /** Returns whether the response requires another form of authentication that the next request can give. */
    boolean answersChallenge(RequestTarget target, ResponseHead head) {
        if (head.status() != 401 || target.challenges() >= MAX_CHALLENGES) {
            return false;
        }
        UserCredentials login = login(target.url());
        return login != null && session.acceptChallenge(target.url(), login, head, target.challenges() > 0);
    }

    /** Returns the proxy for a target, or empty. */
    Optional<ProxyServer> proxy(RequestTarget target) {
        Origin origin = target.url().origin();
        return plan.access().proxies().select(origin.tls(), origin.host());
    }

    /** Returns whether a part of the body may be requested: the user neither sends a body nor requests a range. */
    boolean mayRequestPart(RequestTarget target) {
        return target.isPlainGet() && !FetchPlan.has(plan.request().headers(), "range");
    }
}
