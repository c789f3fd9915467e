package dev.juggler.option;

import dev.juggler.access.Netrc;
import dev.juggler.job.ByteRate;
import dev.juggler.job.ByteSize;
import dev.juggler.job.Durations;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpecBuilder;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Rate;
import dev.juggler.option.FetchOption.Form;
import dev.juggler.option.FetchOption.Part;
import dev.juggler.option.FetchOption.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table of all options of fetch. The command line, {@code submit}, the requests of the bus and the permissions of a
 * node read it, so an option that is added here is known to all of them.
 */
public final class FetchOptions {
    private static final List<FetchOption<?>> TABLE = new ArrayList<>();

    private static final int MOST_SEGMENTS = 32;
    private static final String SECRET =
            "secrets do not travel over the bus; use --credentials NAME, which the node's settings define";
    private static final String NODE_DECIDES = "the node decides this by its environment and settings";

    // --- The request ---

    public static final FetchOption<String> METHOD = text(
                    "-X, --method", "METHOD", "HTTP method. Default: GET, or POST with --data.")
            .member(Part.WORK, "method")
            .sets(FetchSpecBuilder::method)
            .declare();

    public static final FetchOption<Headers> HEADERS = option(
                    Headers.class,
                    Form.LIST,
                    Headers::parse,
                    new Spelling<>(
                            "-H, --header",
                            "'NAME: VALUE'",
                            Optional.empty(),
                            "Send this header, to the origin of the URL only. May be repeated."))
            .hiding(Headers::hide)
            .member(Part.WORK, "headers", NodePolicy::headers)
            .sets((builder, headers) -> builder.headers(headers.fields()))
            .declare();

    public static final FetchOption<String> DATA = text("-d, --data", "TEXT", "Send this request body.")
            .member(Part.WORK, "body")
            .sets(FetchSpecBuilder::body)
            .declare();

    public static final FetchOption<String> OUTPUT_DIR = text(
                    "-o, --output-dir", "DIR", "Save each body as a file in this folder.")
            .member(Part.WORK, "output", NodePolicy::folder)
            .sets(FetchSpecBuilder::folder)
            .declare();

    public static final FetchOption<Integer> MAX_REDIRECTS = number(
                    "--max-redirects", "N", "Follow at most N redirects. Default: ${DEFAULT-VALUE}.", 0)
            .byDefault(FetchLimits.DEFAULT.maxRedirects(), "16")
            .member(Part.WORK, "maxRedirects", NodePolicy::redirects)
            .sets(FetchSpecBuilder::maxRedirects)
            .declare();

    public static final FetchOption<Integer> PER_HOST = number(
                    "--per-host", "N", "At most N requests to one origin (scheme, host and port) at a time.", 1)
            .member(Part.WORK, "perHost")
            .declare();

    /** The node's name for the login at one origin. On the command line it is an option of submit. */
    public static final FetchOption<String> CREDENTIALS = option(String.class, Form.NONE, List::getFirst, List.of())
            .member(Part.WORK, "credentials", NodePolicy::credentials)
            .declare();

    // --- Transfers ---

    public static final FetchOption<Rate> PER_HOST_RATE = value(
                    "--per-host-rate",
                    "N/s",
                    "Start at most N requests per second to one origin (/m, /h).",
                    Rate.class,
                    Rate::parse)
            .member(Part.TRANSFER, "perHostRate")
            .declare();

    public static final FetchOption<Duration> MAX_PAUSE = value(
                    "--max-pause",
                    "D",
                    "The longest pause that an origin gets for its Retry-After. Default: ${DEFAULT-VALUE}.",
                    Duration.class,
                    Durations::parse)
            .byDefault(PerGroup.NONE.longestPause(), "5m")
            .member(Part.TRANSFER, "maxPause")
            .declare();

    public static final FetchOption<ByteSize> MAX_SIZE = value(
                    "--max-size",
                    "SIZE",
                    "Reject bodies longer than this, such as 500k, 10M or 2G.",
                    ByteSize.class,
                    ByteSize::parse)
            .member(Part.TRANSFER, "maxSize")
            .sets((builder, size) -> builder.maxBytes(size.bytes()))
            .declare();

    public static final FetchOption<Duration> IDLE_TIMEOUT = value(
                    "--idle-timeout",
                    "D",
                    "Give up when the server sends nothing for this long, before or during its response.",
                    Duration.class,
                    Durations::parse)
            .member(Part.TRANSFER, "idleTimeout")
            .sets(FetchSpecBuilder::idleTimeout)
            .declare();

    public static final FetchOption<ByteRate> MIN_RATE = value(
                    "--min-rate",
                    "SIZE",
                    "Give up when less than this arrives per second, averaged over ten seconds, such as 10k.",
                    ByteRate.class,
                    ByteRate::parse)
            .member(Part.TRANSFER, "minRate")
            .sets((builder, rate) -> builder.minRate(rate.bytes()))
            .declare();

    public static final FetchOption<ByteRate> BANDWIDTH = value(
                    "--bandwidth",
                    "SIZE",
                    "Receive at most this much per second, all bodies together, such as 2M.",
                    ByteRate.class,
                    ByteRate::parse)
            .member(Part.TRANSFER, "bandwidth")
            .sets((builder, rate) -> builder.bandwidth(rate.bytes()))
            .declare();

    public static final FetchOption<Boolean> COMPRESSED = flag(
                    "--compressed", true, "Ask for compressed bodies (gzip, deflate, br, zstd), and decompress them.")
            .member(Part.TRANSFER, "compressed")
            .sets(FetchSpecBuilder::compressed)
            .declare();

    public static final FetchOption<Integer> MAX_RATIO = number(
                    "--max-ratio",
                    "N",
                    "Reject a compressed body that expands to more than N times its length."
                            + " Default: ${DEFAULT-VALUE}.",
                    1)
            .byDefault(FetchLimits.USUAL_RATIO, "200")
            .member(Part.TRANSFER, "maxRatio")
            .sets(FetchSpecBuilder::maxRatio)
            .declare();

    public static final FetchOption<Integer> SEGMENTS = value(
                    "--segments",
                    "N",
                    "Fetch a long body in up to N ranges at a time, of at least 8 MiB each, if the server supports"
                            + " ranges. Needs -o.",
                    Integer.class,
                    FetchOptions::wholeNumber)
            .check(number -> number < 1 || number > MOST_SEGMENTS
                    ? Optional.of("is from 1 to " + MOST_SEGMENTS + ", not " + number)
                    : Optional.empty())
            .aboutFiles(number -> number > 1)
            .member(Part.TRANSFER, "segments")
            .sets(FetchSpecBuilder::segments)
            .declare();

    public static final FetchOption<Boolean> COOKIES = flag("--no-cookies", false, "Do not send cookies back.")
            .member(Part.TRANSFER, "cookies")
            .sets(FetchSpecBuilder::cookies)
            .declare();

    public static final FetchOption<Boolean> ALLOW_DOWNGRADE = flag(
                    "--allow-downgrade", true, "Follow redirects from https to http.")
            .member(Part.TRANSFER, "allowDowngrade")
            .sets(FetchSpecBuilder::allowDowngrade)
            .declare();

    public static final FetchOption<Boolean> INSECURE = flag(
                    "--insecure", true, "Do not verify the certificates of servers.")
            .member(Part.TRANSFER, "insecure")
            .sets(FetchSpecBuilder::insecure)
            .declare();

    // --- Saving ---

    public static final FetchOption<String> TEMPLATE = text(
                    "--output-template",
                    "NAME",
                    "Name files in the output folder by {host}, {path}, {name}, {stem}, {ext} and {index}, such as"
                            + " '{host}/{path}'. Default: {name}, the last segment of the URL's path.")
            .aboutFiles(template -> true)
            .member(Part.SAVING, "template")
            .sets(FetchSpecBuilder::template)
            .declare();

    public static final FetchOption<Boolean> SERVER_NAMES = flag(
                    "--server-names",
                    true,
                    "Use the file name that the server sends (Content-Disposition) in place of the last segment.")
            .aboutFiles(on -> on)
            .member(Part.SAVING, "serverNames")
            .sets(FetchSpecBuilder::serverNames)
            .declare();

    public static final FetchOption<Boolean> CONTINUE = flag(
                    "-c, --continue",
                    true,
                    "Resume bodies that an earlier run left incomplete, if the server says that they have not"
                            + " changed; keep those that this run leaves incomplete.")
            .aboutFiles(on -> on)
            .member(Part.SAVING, "resume")
            .sets((builder, on) -> {
                if (on) {
                    builder.partialBodies(PartialBodyPolicy.NEXT_RUN);
                }
            })
            .declare();

    public static final FetchOption<ExistingFilePolicy> EXISTING = option(
                    ExistingFilePolicy.class,
                    Form.FLAG,
                    texts -> ExistingFilePolicy.parse(texts.getFirst()),
                    List.of(
                            new Spelling<>(
                                    "--skip-existing",
                                    "",
                                    Optional.of(ExistingFilePolicy.SKIP),
                                    "Skip inputs whose file already exists."),
                            new Spelling<>(
                                    "--newer",
                                    "",
                                    Optional.of(ExistingFilePolicy.REFRESH),
                                    "Fetch an existing file again only if it has changed on the server, and"
                                            + " replace it.")))
            .check(policy -> policy == ExistingFilePolicy.FETCH ? Optional.of("is skip or newer") : Optional.empty())
            .aboutFiles(policy -> true)
            .member(Part.SAVING, "existing")
            .sets(FetchSpecBuilder::existing)
            .declare();

    public static final FetchOption<Boolean> CHECKSUM = flag(
                    "--checksum",
                    true,
                    "Reject inputs without a checksum. Lists give one by lines 'URL sha256=HEX' (or sha512, sha384,"
                            + " sha1, md5); a checksum that is given is always verified.")
            .member(Part.SAVING, "checksum")
            .sets(FetchSpecBuilder::checksums)
            .declare();

    public static final FetchOption<Boolean> FSYNC = option(
                    Boolean.class,
                    Form.NEGATABLE,
                    texts -> Boolean.valueOf(texts.getFirst()),
                    new Spelling<>(
                            "--fsync",
                            "",
                            Optional.empty(),
                            "Flush each file to disk before its row reports success. Default: with --journal."))
            // A setting may be true for all runs, even those that save nothing.
            .aboutFiles(on -> false)
            .member(Part.SAVING, "fsync")
            .sets(FetchSpecBuilder::flush)
            .declare();

    // --- Links from an API ---

    public static final FetchOption<String> FROM = text(
                    "--from",
                    "URL",
                    "Fetch the links in the JSON at this URL. --header and --user then go to its origin only.")
            .member(Part.API, "url", NodePolicy::url)
            .sets(FetchSpecBuilder::home)
            .declare();

    public static final FetchOption<String> SELECT = text(
                    "--select",
                    "POINTER",
                    "JSON Pointer to the links, in which * stands for every element or member, such as"
                            + " /data/*/link.")
            .member(Part.API, "select")
            .declare();

    public static final FetchOption<String> NEXT = text(
                    "--next",
                    "POINTER",
                    "JSON Pointer to the link to the next page, such as /data/next; on the last page it is missing"
                            + " or null.")
            .member(Part.API, "next")
            .declare();

    public static final FetchOption<Integer> MAX_PAGES = number(
                    "--max-pages", "N", "Fail when there are more pages. Default: ${DEFAULT-VALUE}.", 1)
            .byDefault(10_000, "10000")
            .member(Part.API, "maxPages")
            .declare();

    // --- Authentication, TLS and proxies: for this machine only ---

    public static final FetchOption<String> USER = text(
                    "-u, --user",
                    "NAME[:PASSWORD]",
                    "Log in at the origins of the URLs. A missing password is asked for on the terminal;"
                            + " 'NAME:$${VARIABLE}' takes it from the environment or from --env-file.")
            .hiding((user, hider) -> hider.apply(user))
            .notInRequests(SECRET)
            .sets(FetchSpecBuilder::user)
            .declare();

    public static final FetchOption<Boolean> DIGEST = flag(
                    "--digest",
                    true,
                    "Never send a password itself, only a digest of it once the server asks for one. Otherwise a"
                            + " digest is sent when the server rejects the password.")
            .notInRequests(NODE_DECIDES)
            .sets(FetchSpecBuilder::digestLogin)
            .declare();

    public static final FetchOption<Boolean> NETRC = flag(
                    "--netrc", true, "Take logins from the netrc file: $$NETRC or ~/.netrc.")
            .notInRequests(SECRET)
            .sets((builder, on) -> builder.netrc(Netrc.defaultFile().toString()))
            .declare();

    /** Comes after {@link #NETRC}, and so takes precedence. */
    public static final FetchOption<String> NETRC_FILE = text(
                    "--netrc-file", "FILE", "Take logins from this netrc file.")
            .notInRequests(SECRET)
            .sets(FetchSpecBuilder::netrc)
            .declare();

    public static final FetchOption<String> ENV_FILE = text(
                    "--env-file",
                    "FILE",
                    "File with lines NAME=VALUE for $${NAME} in --header, --user and --proxy; the environment takes"
                            + " precedence.")
            .notInRequests(SECRET)
            .sets(FetchSpecBuilder::envFile)
            .declare();

    public static final FetchOption<String> COOKIE_JAR = text(
                    "--cookie-jar",
                    "FILE",
                    "Read cookies from this file, share them among all workers, and write them back at the end.")
            .notInRequests(SECRET)
            .sets(FetchSpecBuilder::cookieJar)
            .declare();

    public static final FetchOption<String> CACERT = text(
                    "--cacert", "FILE", "Trust only the certificate authorities in this PEM file.")
            .notInRequests(SECRET)
            .sets(FetchSpecBuilder::authorities)
            .declare();

    public static final FetchOption<String> CERT = text("--cert", "FILE", "PEM file with the client certificate.")
            .notInRequests(SECRET)
            .sets(FetchSpecBuilder::certificate)
            .declare();

    public static final FetchOption<String> KEY = text(
                    "--key", "FILE", "PEM file with the private key of --cert, if it is not in the same file.")
            .notInRequests(SECRET)
            .sets(FetchSpecBuilder::key)
            .declare();

    public static final FetchOption<String> PROXY = text(
                    "--proxy",
                    "URL",
                    "Proxy: http://HOST:PORT or socks5://HOST:PORT, optionally with USER:PASSWORD@; '' for none."
                            + " Default: http_proxy, https_proxy and all_proxy in the environment.")
            .hiding((url, hider) -> url.contains("@") ? hider.apply(url) : url)
            .notInRequests(NODE_DECIDES)
            .sets(FetchSpecBuilder::proxy)
            .declare();

    public static final FetchOption<String> NO_PROXY = text(
                    "--noproxy", "HOSTS", "Hosts to reach without a proxy. Default: no_proxy in the environment.")
            .notInRequests(NODE_DECIDES)
            .sets(FetchSpecBuilder::noProxy)
            .declare();

    private static final List<FetchOption<?>> ALL = Collections.unmodifiableList(TABLE);

    private FetchOptions() {}

    /** All options, in the order in which they apply and in which a request has its members. */
    public static List<FetchOption<?>> all() {
        return ALL;
    }

    private static FetchOption.Builder<String> text(String names, String label, String help) {
        return value(names, label, help, String.class, Function.identity());
    }

    private static FetchOption.Builder<Integer> number(String names, String label, String help, int least) {
        return value(names, label, help, Integer.class, FetchOptions::wholeNumber)
                .check(number ->
                        number < least ? Optional.of("is at least " + least + ", not " + number) : Optional.empty());
    }

    private static <T> FetchOption.Builder<T> value(
            String names, String label, String help, Class<T> type, Function<String, T> parser) {
        return option(
                type,
                Form.VALUE,
                texts -> parser.apply(texts.getFirst()),
                new Spelling<>(names, label, Optional.empty(), help));
    }

    private static FetchOption.Builder<Boolean> flag(String names, boolean value, String help) {
        return option(
                Boolean.class,
                Form.FLAG,
                texts -> Boolean.valueOf(texts.getFirst()),
                new Spelling<>(names, "", Optional.of(value), help));
    }

    private static <T> FetchOption.Builder<T> option(
            Class<T> type, Form form, Function<List<String>, T> parser, Spelling<T> spelling) {
        return option(type, form, parser, List.of(spelling));
    }

    private static <T> FetchOption.Builder<T> option(
            Class<T> type, Form form, Function<List<String>, T> parser, List<Spelling<T>> spellings) {
        return new FetchOption.Builder<>(type, form, spellings, parser, TABLE);
    }

    /**
     * Reads a whole number.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    private static Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number, or too large a one", e);
        }
    }
}
