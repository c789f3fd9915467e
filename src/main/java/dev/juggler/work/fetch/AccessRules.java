package dev.juggler.work.fetch;

import dev.juggler.access.CookieJar;
import dev.juggler.access.Login;
import dev.juggler.access.Netrc;
import dev.juggler.access.Proxies;
import dev.juggler.access.Tls;
import dev.juggler.access.Variables;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import java.nio.file.Path;
import java.util.Optional;

/**
 * As whom servers are asked and by which way, ready for use: files read, variables replaced. Safe for use by several
 * threads.
 *
 * @param login for the origin of every input, or empty
 * @param digest whether a password is never sent itself, but only a digest of it when the server asks
 * @param netrc logins by host for the origin of an input, or empty
 * @param cookies whether cookies are kept at all
 * @param jar the cookies all workers share, or empty for a session each
 * @param allowDowngrade whether a redirect may leave https for http
 * @param home the one origin that gets the user's headers and login, or empty for that of each input
 */
record AccessRules(
        Optional<Login> login,
        boolean digest,
        Optional<Netrc> netrc,
        boolean cookies,
        Optional<CookieJar> jar,
        Tls tls,
        Proxies proxies,
        boolean allowDowngrade,
        Optional<Origin> home) {

    /**
     * Reads the files that are named.
     *
     * @throws IllegalArgumentException when one of them, or a variable, is missing or broken
     */
    static AccessRules of(Access access, Variables variables) {
        return new AccessRules(
                access.user().map(variables::expand).map(Login::parse),
                access.digest(),
                access.netrc().map(Path::of).map(Netrc::read),
                access.cookies(),
                access.cookieJar().map(Path::of).map(CookieJar::open),
                tls(access.certificates()),
                Proxies.of(access.proxy().map(variables::expand), access.noProxy()),
                access.allowDowngrade(),
                access.home().map(AccessRules::origin));
    }

    private static Origin origin(String url) {
        try {
            return Target.parse(url).origin();
        } catch (MalformedUrlException e) {
            throw new IllegalArgumentException("the address of the API cannot be used: " + e.getMessage());
        }
    }

    private static Tls tls(Certificates files) {
        return Tls.of(
                files.authorities().map(Path::of),
                files.own().map(Path::of),
                files.key().map(Path::of),
                files.insecure());
    }

    /** The origin that gets the user's headers and login when this input is fetched. */
    Origin home(Origin input) {
        return home.orElse(input);
    }

    /** As whom to ask for an input without a user of its own; null for nobody. */
    Login login(Origin origin) {
        if (login.isPresent() && home(origin).equals(origin)) {
            return login.get();
        }
        return netrc.isPresent() ? netrc.get().login(origin.host()).orElse(null) : null;
    }

    /** What a worker remembers between its tasks. */
    Session session() {
        return new Session(cookies, digest, jar.map(CookieJar::cookies).orElse(null));
    }

    /** Writes the cookie jar. */
    void close() {
        jar.ifPresent(CookieJar::save);
    }
}
