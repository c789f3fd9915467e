package dev.juggler.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.AuthenticationException;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.auth.MalformedChallengeException;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.client5.http.impl.auth.DigestScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.ParserCursor;
import org.jspecify.annotations.Nullable;

/**
 * Digest challenges (RFC 7616: MD5, SHA-256 and SHA-512/256) by origin and login, so that the next request can
 * authenticate without another round trip. Holds the last thousand. Safe for use by several threads.
 */
public final class DigestAuthenticator {
    private static final int MAX_CHALLENGES = 1_000;

    private final SequencedMap<Key, DigestScheme> known = new LinkedHashMap<>();

    private record Key(String origin, UserCredentials login) {}

    /**
     * Accepts the challenges of a response that rejected a request.
     *
     * @param origin scheme, host and port
     * @param values the values of its WWW-Authenticate headers
     * @param onlyStale whether a response to a challenge was just rejected, so that another one helps only if the
     *     server declares the old nonce stale
     * @return whether one of the challenges can be answered
     */
    public synchronized boolean acceptChallenge(
            String origin, UserCredentials login, List<String> values, boolean onlyStale) {
        for (AuthChallenge challenge : challenges(values)) {
            if (!onlyStale || isStale(challenge)) {
                DigestScheme scheme = accept(challenge, login);
                if (scheme != null) {
                    known.putLast(new Key(origin, login), scheme);
                    if (known.size() > MAX_CHALLENGES) {
                        known.pollFirstEntry();
                    }
                    return true;
                }
            }
        }
        return false;
    }

    private static List<AuthChallenge> challenges(List<String> values) {
        List<AuthChallenge> all = new ArrayList<>();
        for (String value : values) {
            try {
                all.addAll(AuthChallengeParser.INSTANCE.parse(
                        ChallengeType.TARGET, value, new ParserCursor(0, value.length())));
            } catch (ParseException ignored) {
                // A malformed challenge is ignored; the status of the response is reported anyway.
            }
        }
        all.removeIf(challenge -> !challenge.getSchemeName().equalsIgnoreCase("digest"));
        return all;
    }

    private static boolean isStale(AuthChallenge challenge) {
        return challenge.getParams() != null
                && challenge.getParams().stream()
                        .anyMatch(each ->
                                each.getName().equalsIgnoreCase("stale") && "true".equalsIgnoreCase(each.getValue()));
    }

    /** Returns a scheme that can answer the challenge; null when the challenge is not supported. */
    private static @Nullable DigestScheme accept(AuthChallenge challenge, UserCredentials login) {
        try {
            // Only computing an answer shows whether the algorithm is supported, and it counts up: return a fresh
            // scheme.
            answer(scheme(challenge, login), "GET", "/");
            return scheme(challenge, login);
        } catch (MalformedChallengeException | AuthenticationException unknown) {
            return null;
        }
    }

    private static DigestScheme scheme(AuthChallenge challenge, UserCredentials login)
            throws MalformedChallengeException, AuthenticationException {
        DigestScheme scheme = new DigestScheme();
        scheme.processChallenge(challenge, HttpClientContext.create());
        UsernamePasswordCredentials credentials =
                new UsernamePasswordCredentials(login.user(), login.password().toCharArray());
        if (!scheme.isResponseReady(anyHost(), (scope, context) -> credentials, HttpClientContext.create())) {
            throw new AuthenticationException("incomplete challenge");
        }
        return scheme;
    }

    /** Returns a host for the scheme, which gets the same credentials for any. */
    private static HttpHost anyHost() {
        return new HttpHost("localhost");
    }

    private static String answer(DigestScheme scheme, String method, String path) throws AuthenticationException {
        return scheme.generateAuthResponse(anyHost(), new BasicHttpRequest(method, path), HttpClientContext.create());
    }

    /** Returns the value of the Authorization header for a request; null when this origin did not send a challenge. */
    public synchronized @Nullable String header(String origin, UserCredentials login, String method, String path) {
        DigestScheme scheme = known.get(new Key(origin, login));
        try {
            return scheme == null ? null : answer(scheme, method, path);
        } catch (AuthenticationException e) {
            throw new IllegalStateException("cannot answer a challenge that was accepted", e);
        }
    }
}
