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
import org.jspecify.annotations.Nullable;

/**
 * Authentication, cookies, TLS and proxies of a job, ready for use: files read, variables expanded. Safe for use by
 * several threads.
 *
 * @param allowDowngrade whether a redirect may lead from https to http
 */
public record RequestAccess(
        Logins logins, Cookies cookies, TlsSettings tls, ProxySelection proxies, boolean allowDowngrade) {
    /**
     * The logins for servers.
     *
     * @param user login for the origin of every input, or empty
     * @param digest whether to use Digest authentication only, which never sends the password itself
     * @param netrc logins by host for the origin of an input, or empty
     * @param home the only origin that gets the user's headers and login, or empty for that of each input
     */
    record Logins(Optional<UserCredentials> user, boolean digest, Optional<Netrc> netrc, Optional<Origin> home) {}

    /**
     * The handling of cookies.
     *
     * @param kept whether cookies are kept at all
     * @param jar the cookies that all workers share, or empty if each session has its own
     */
    record Cookies(boolean kept, Optional<CookieFile> jar) {}

    /**
     * Reads the files named by the job, and expands variables. Blocks.
     *
     * @throws IllegalArgumentException when a file or a variable is missing or invalid
     */
    public static RequestAccess of(Access access, Variables variables) {
        return new RequestAccess(
                new Logins(
                        access.login().user().map(variables::expand).map(UserCredentials::parse),
                        access.login().digest(),
                        access.login().netrc().map(Path::of).map(Netrc::read),
                        access.home().map(RequestAccess::origin)),
                new Cookies(
                        access.cookies().accepted(),
                        access.cookies().jar().map(Path::of).map(CookieFile::open)),
                tls(access.certificates()),
                ProxySelection.of(
                        access.proxies().url().map(variables::expand),
                        access.proxies().exceptions()),
                access.allowDowngrade());
    }

    private static Origin origin(String url) {
        try {
            return HttpUrl.parse(url).origin();
        } catch (InvalidUrlException e) {
            throw new IllegalArgumentException("the URL of the API is invalid: " + e.getMessage());
        }
    }

    private static TlsSettings tls(Certificates files) {
        return TlsSettings.of(
                files.authorities().map(Path::of),
                files.own().map(Path::of),
                files.key().map(Path::of),
                files.insecure());
    }

    /** Returns the origin that gets the user's headers and login when this input is fetched. */
    public Origin home(Origin input) {
        return logins.home().orElse(input);
    }

    /** Returns the login for an input without a user of its own; null for none. */
    public @Nullable UserCredentials login(Origin origin) {
        if (logins.user().isPresent() && home(origin).equals(origin)) {
            return logins.user().get();
        }
        return logins.netrc().flatMap(netrc -> netrc.login(origin.host())).orElse(null);
    }

    /** Opens a session for a worker. */
    public FetchSession session() {
        return new FetchSession(
                cookies.kept(),
                logins.digest(),
                cookies.jar().map(CookieFile::cookies).orElse(null));
    }

    /** Writes the cookie jar. */
    public void close() {
        cookies.jar().ifPresent(CookieFile::save);
    }
}
