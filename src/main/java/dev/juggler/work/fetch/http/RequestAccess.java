package dev.juggler.work.fetch.http;

import dev.juggler.access.CookieFile;
import dev.juggler.access.Netrc;
import dev.juggler.access.ProxySelection;
import dev.juggler.access.TlsSettings;
import dev.juggler.access.UserCredentials;
import dev.juggler.access.Variables;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.InvalidUrlException;
import dev.juggler.work.fetch.url.Origin;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Authentication, cookies, TLS and proxies of a job, ready for use: files read, variables replaced. Safe for use by
 * several threads.
 *
 * @param login for the origin of every input, or empty
 * @param digest whether only a digest of a password is sent, when the server asks, and never the password
 * @param netrc logins by host for the origin of an input, or empty
 * @param cookies whether cookies are kept at all
 * @param jar the cookies that all workers share, or empty where each session has its own
 * @param allowDowngrade whether a redirect may leave https for http
 * @param home the one origin that gets the user's headers and login, or empty for that of each input
 */
public record RequestAccess(
        Optional<UserCredentials> login,
        boolean digest,
        Optional<Netrc> netrc,
        boolean cookies,
        Optional<CookieFile> jar,
        TlsSettings tls,
        ProxySelection proxies,
        boolean allowDowngrade,
        Optional<Origin> home) {

    /**
     * Reads the files that the job names, and replaces variables. Blocks.
     *
     * @throws IllegalArgumentException when one of them, or a variable, is missing or broken
     */
    public static RequestAccess of(Access access, Variables variables) {
        return new RequestAccess(
                access.login().user().map(variables::expand).map(UserCredentials::parse),
                access.login().digest(),
                access.login().netrc().map(Path::of).map(Netrc::read),
                access.cookies().accepted(),
                access.cookies().jar().map(Path::of).map(CookieFile::open),
                tls(access.certificates()),
                ProxySelection.of(
                        access.proxies().url().map(variables::expand),
                        access.proxies().exceptions()),
                access.allowDowngrade(),
                access.home().map(RequestAccess::origin));
    }

    private static Origin origin(String url) {
        try {
            return HttpUrl.parse(url).origin();
        } catch (InvalidUrlException e) {
            throw new IllegalArgumentException("the address of the API cannot be used: " + e.getMessage());
        }
    }

    private static TlsSettings tls(Certificates files) {
        return TlsSettings.of(
                files.authorities().map(Path::of),
                files.own().map(Path::of),
                files.key().map(Path::of),
                files.insecure());
    }

    /** The origin that gets the user's headers and login when this input is fetched. */
    public Origin home(Origin input) {
        return home.orElse(input);
    }

    /** The login for an input without a user of its own; null for none. */
    public UserCredentials login(Origin origin) {
        if (login.isPresent() && home(origin).equals(origin)) {
            return login.get();
        }
        return netrc.isPresent() ? netrc.get().login(origin.host()).orElse(null) : null;
    }

    /** Opens a session for a worker. */
    public FetchSession session() {
        return new FetchSession(cookies, digest, jar.map(CookieFile::cookies).orElse(null));
    }

    /** Writes the cookie jar. */
    public void close() {
        jar.ifPresent(CookieFile::save);
    }
}
