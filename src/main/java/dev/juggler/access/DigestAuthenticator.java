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

/**
 * What servers asked to be told by Digest (RFC 7616: MD5, SHA-256 and SHA-512/256), by origin and login, so that the
 * next request can tell it unasked. Holds the last thousand. Safe for use by several threads.
 */
public final class DigestAuthenticator {
    private static final int MOST = 1_000;

    private final SequencedMap<Key, DigestScheme> known = new LinkedHashMap<>();

    private record Key(String origin, UserCredentials login) {}

    /**
     * Takes the challenges of an answer that refused a request.
     *
     * @param origin scheme, host and port
     * @param values of its WWW-Authenticate headers
     * @param onlyStale whether an answer to a challenge was just refused, so that another one helps only if the server
     *     says that the old one was too old
     * @return whether there is one that can be answered
     */
    public synchronized boolean acceptChallenge(
            String origin, UserCredentials login, List<String> values, boolean onlyStale) {
        for (AuthChallenge challenge : challenges(values)) {
            if (!onlyStale || isStale(challenge)) {
                DigestScheme scheme = accept(challenge, login);
                if (scheme != null) {
                    known.putLast(new Key(origin, login), scheme);
                    if (known.size() > MOST) {
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
                // What is no challenge asks for nothing; the refusal itself is told.
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

    /** Ready to answer the challenge; null when it asks for something unknown. */
    private static DigestScheme accept(AuthChallenge challenge, UserCredentials login) {
        try {
            // Only an answer shows whether the algorithm is known, and it is counted: so another one is the first.
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
            throw new AuthenticationException("a challenge that is not complete");
        }
        return scheme;
    }

    /** The scheme asks for the host of credentials, and gets the same ones for any. */
    private static HttpHost anyHost() {
        return new HttpHost("localhost");
    }

    private static String answer(DigestScheme scheme, String method, String path) throws AuthenticationException {
        return scheme.generateAuthResponse(anyHost(), new BasicHttpRequest(method, path), HttpClientContext.create());
    }

    /** The value of the Authorization header for a request; null when this origin did not ask for any such. */
    public synchronized String header(String origin, UserCredentials login, String method, String path) {
        DigestScheme scheme = known.get(new Key(origin, login));
        try {
            return scheme == null ? null : answer(scheme, method, path);
        } catch (AuthenticationException e) {
            throw new IllegalStateException("a challenge that could be answered cannot be any more", e);
        }
    }
}
