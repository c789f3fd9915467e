package dev.juggler.job;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches URLs, and may save their bodies.
 *
 * @param request the request to send
 * @param access authentication, TLS and proxies
 * @param saving the saving of bodies
 * @param bounds the limits of a fetch
 */
public record FetchSpec(Request request, Access access, Saving saving, FetchLimits bounds) implements WorkSpec {

    /** A GET that reads the body and saves nothing. */
    public static final FetchSpec READ = new FetchSpec(Request.GET, Access.OPEN, Saving.NONE, FetchLimits.DEFAULT);

    /** Returns whether fetches only read. Two tasks that save the same URL make two files. */
    @Override
    public boolean repeatable() {
        return saving.folder().isEmpty()
                && (request.method().equals("GET") || request.method().equals("HEAD"));
    }

    @Override
    public WorkKind kind() {
        return WorkKind.FETCH;
    }

    /**
     * The request, folder and names: with other access and limits the same bodies are fetched. Of a header whose value
     * may be secret only the name counts, because a digest of a password can be guessed, and a run may be resumed with
     * a new token.
     */
    @Override
    public Object identity() {
        List<String> headers = request.headers.stream().map(Header::toString).toList();
        return List.of(kind().id(), request.method, headers, request.body, saving.folder(), saving.names());
    }

    /** A builder that starts at {@link #READ}. */
    public static FetchSpecBuilder builder() {
        return new FetchSpecBuilder();
    }

    public FetchSpec with(Request other) {
        return new FetchSpec(other, access, saving, bounds);
    }

    public FetchSpec with(Access other) {
        return new FetchSpec(request, other, saving, bounds);
    }

    public FetchSpec with(Saving other) {
        return new FetchSpec(request, access, other, bounds);
    }

    public FetchSpec with(FetchLimits other) {
        return new FetchSpec(request, access, saving, other);
    }

    /**
     * The request to a server.
     *
     * @param method the HTTP method in upper case
     * @param headers sent to the origin of the input's URL, and to no other
     * @param body the request body, or empty
     */
    public record Request(String method, List<Header> headers, Optional<String> body) {
        /** A GET without headers of the user. */
        public static final Request GET = new Request("GET", List.of(), Optional.empty());

        public Request {
            headers = List.copyOf(headers);
        }
    }

    /**
     * One header field of a request. {@code ${NAME}} in the value stands for a variable, so that a secret need not be
     * written here.
     */
    public record Header(String name, String value) {
        /** Headers whose values do not identify the sender. */
        private static final Set<String> HARMLESS = Set.of(
                "accept",
                "accept-charset",
                "accept-encoding",
                "accept-language",
                "cache-control",
                "content-type",
                "host",
                "if-match",
                "if-modified-since",
                "if-none-match",
                "pragma",
                "range",
                "user-agent");

        /** Returns whether the value is not confidential. */
        public boolean isHarmless() {
            return HARMLESS.contains(name.toLowerCase(Locale.ROOT));
        }

        /** The name alone, unless the value is harmless: logs and journals must not contain tokens. */
        @Override
        public String toString() {
            return isHarmless() ? name + ": " + value : name;
        }
    }

    /**
     * Authentication, TLS and proxies: names of files and variables, never the secrets themselves. In the login's user
     * and in the proxy, {@code ${NAME}} stands for a variable.
     *
     * @param login authentication by user name and password
     * @param envFile a file of variables
     * @param cookies the handling of cookies
     * @param certificates the certificates to trust and to present
     * @param proxies the proxies to use in place of the environment's
     * @param allowDowngrade whether a redirect from https to http is followed
     * @param home a URL of the one origin that gets the headers and the user; empty for the origin of each input
     */
    public record Access(
            Login login,
            Optional<String> envFile,
            Cookies cookies,
            Certificates certificates,
            Proxies proxies,
            boolean allowDowngrade,
            Optional<String> home) {
        /** No login, and the environment's proxies. */
        public static final Access OPEN = new Access(
                new Login(Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                new Cookies(true, Optional.empty()),
                Certificates.USUAL,
                new Proxies(Optional.empty(), Optional.empty()),
                false,
                Optional.empty());

        /** This access with another login. */
        public Access with(Login other) {
            return new Access(other, envFile, cookies, certificates, proxies, allowDowngrade, home);
        }

        /** This access with another handling of cookies. */
        public Access with(Cookies other) {
            return new Access(login, envFile, other, certificates, proxies, allowDowngrade, home);
        }

        /** This access with other certificates. */
        public Access with(Certificates other) {
            return new Access(login, envFile, cookies, other, proxies, allowDowngrade, home);
        }

        /** This access with other proxies. */
        public Access with(Proxies other) {
            return new Access(login, envFile, cookies, certificates, other, allowDowngrade, home);
        }

        /** This access with variables from a file. */
        public Access withVariables(String file) {
            return new Access(login, Optional.of(file), cookies, certificates, proxies, allowDowngrade, home);
        }

        /** This access with redirects from https to http followed. */
        public Access withDowngrade() {
            return new Access(login, envFile, cookies, certificates, proxies, true, home);
        }

        /** This access with headers and user for the origin of this URL alone. */
        public Access at(String url) {
            return new Access(login, envFile, cookies, certificates, proxies, allowDowngrade, Optional.of(url));
        }
    }

    /**
     * Authentication by user name and password.
     *
     * @param user {@code NAME:PASSWORD} for the origin of the input's URL
     * @param digest whether only digests of the password are sent, and so only once the server asks for one; otherwise
     *     the password is sent, and a digest when the server rejects the password
     * @param netrc a file of logins by host
     */
    public record Login(Optional<String> user, boolean digest, Optional<String> netrc) {}

    /**
     * The handling of cookies.
     *
     * @param accepted whether cookies that servers set are sent back to them
     * @param jar a file that cookies are read from, and written to at the end of the run
     */
    public record Cookies(boolean accepted, Optional<String> jar) {}

    /**
     * Proxies in place of those of the environment; where a field is empty, the environment decides.
     *
     * @param url the proxy of all requests; an empty text for none
     * @param exceptions hosts that are reached without a proxy, separated by commas
     */
    public record Proxies(Optional<String> url, Optional<String> exceptions) {}

    /**
     * The certificates of TLS, as names of PEM files.
     *
     * @param authorities the authorities to trust in place of the JDK's
     * @param own the client certificate
     * @param key its private key; empty when it is in the same file
     * @param insecure whether certificates of servers are not verified
     */
    public record Certificates(
            Optional<String> authorities, Optional<String> own, Optional<String> key, boolean insecure) {
        /** The JDK's authorities, and no client certificate. */
        public static final Certificates USUAL =
                new Certificates(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /**
     * The saving of bodies.
     *
     * @param folder the folder for bodies; empty to read them only
     * @param digest whether outcomes have the SHA-256 of a saved body, which costs as much as the rest of saving
     * @param crc whether outcomes have the CRC-32C of every body, saved or only read; it costs next to nothing
     * @param care partial bodies, existing files, flushing and checksums
     * @param names the names of files
     */
    public record Saving(Optional<String> folder, boolean digest, boolean crc, SavePolicy care, FileNaming names) {
        /** Bodies are read and counted only. */
        public static final Saving NONE = new Saving(Optional.empty(), false);

        /** Saving by the default policy, under the default names. */
        public Saving(Optional<String> folder, boolean digest) {
            this(folder, digest, false, SavePolicy.USUAL, FileNaming.USUAL);
        }

        /** This, with the CRC-32C of every body. */
        public Saving withCrc() {
            return new Saving(folder, digest, true, care, names);
        }

        /** This in another folder. */
        public Saving in(String other) {
            return new Saving(Optional.of(other), digest, crc, care, names);
        }

        /** This by another policy. */
        public Saving with(SavePolicy other) {
            return new Saving(folder, digest, crc, other, names);
        }

        /** This under other names. */
        public Saving with(FileNaming other) {
            return new Saving(folder, digest, crc, care, other);
        }
    }

    /**
     * The names of files.
     *
     * @param template below the folder, with placeholders such as <code>{host}/{path}</code>; empty for the last
     *     segment of the path
     * @param byServer whether a name that the server sends replaces that segment
     */
    public record FileNaming(Optional<String> template, boolean byServer) {
        /** The last segment of the URL's path. */
        public static final FileNaming USUAL = new FileNaming(Optional.empty(), false);
    }

    /**
     * The policy of saving.
     *
     * @param resume the treatment of a body that breaks off
     * @param existing the treatment of a file from before the run
     * @param force whether a file is flushed to disk before it gets its name, so that a power failure cannot undo a
     *     success
     * @param checksums whether an input without a checksum is rejected
     */
    public record SavePolicy(PartialBodyPolicy resume, ExistingFilePolicy existing, boolean force, boolean checksums) {
        /** Partial bodies are deleted, and every input is fetched. */
        public static final SavePolicy USUAL =
                new SavePolicy(PartialBodyPolicy.NEVER, ExistingFilePolicy.FETCH, false, false);
    }

    /** The fate of a body that breaks off. */
    public enum PartialBodyPolicy {
        /** It is deleted. */
        NEVER,
        /** It is kept for the next attempt of this run. */
        NEXT_TRY,
        /** It is kept for the next attempt or the next run. */
        NEXT_RUN
    }

    /** The handling of an input for which a file from before the run exists. */
    public enum ExistingFilePolicy {
        /** The input is fetched, and gets another name unless the bytes are the same. */
        FETCH,
        /** The input is skipped. */
        SKIP,
        /** Requests a newer version from the server, which replaces the file. */
        REFRESH;

        /**
         * Reads {@code skip} or {@code newer}. {@link #FETCH} is the default.
         *
         * @throws IllegalArgumentException with a message for the user, when it is neither
         */
        public static ExistingFilePolicy parse(String text) {
            return switch (text) {
                case "skip" -> SKIP;
                case "newer" -> REFRESH;
                default -> throw new IllegalArgumentException("is skip or newer, not '" + text + "'");
            };
        }

        /** The name in requests. */
        public String id() {
            return switch (this) {
                case FETCH -> "fetch";
                case SKIP -> "skip";
                case REFRESH -> "newer";
            };
        }
    }

    /**
     * The limits of a fetch.
     *
     * @param maxRedirects the most redirects that are followed
     * @param maxBytes the longest body that is accepted, in bytes
     * @param flow the speed of transfers
     * @param maxRatio the maximum ratio of the decompressed to the compressed length of a body; 0 when compressed
     *     bodies are neither requested nor decompressed
     * @param segments the most ranges in which a long body that is saved is fetched at a time; below 2 for one stream
     */
    public record FetchLimits(int maxRedirects, long maxBytes, TransferRates flow, int maxRatio, int segments) {
        /** The default of {@link #maxRatio} where compressed bodies are asked for. */
        public static final int USUAL_RATIO = 200;

        /** 16 redirects, bodies of any length, at any speed. */
        public static final FetchLimits DEFAULT = new FetchLimits(16, Long.MAX_VALUE);

        /** Limits without any on speed. */
        public FetchLimits(int maxRedirects, long maxBytes) {
            this(maxRedirects, maxBytes, TransferRates.ANY, 0);
        }

        /** Each body in one stream. */
        public FetchLimits(int maxRedirects, long maxBytes, TransferRates flow, int maxRatio) {
            this(maxRedirects, maxBytes, flow, maxRatio, 1);
        }
    }

    /**
     * The speed of transfers.
     *
     * @param idle the longest silence of a server
     * @param minRate the least bytes per second of a body; 0 for any
     * @param bandwidth the most bytes per second of all bodies of one process together; 0 for any
     */
    public record TransferRates(Optional<Duration> idle, long minRate, long bandwidth) {
        /** At any speed. */
        public static final TransferRates ANY = new TransferRates(Optional.empty(), 0, 0);

        /** Returns whether an exchange must be monitored while it is in progress. */
        public boolean isWatched() {
            return idle.isPresent() || minRate > 0;
        }
    }
}
