package dev.juggler.work.fetch;

import dev.juggler.access.Variables;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.work.Excerpt;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.fetch.http.ContentCodings;
import dev.juggler.work.fetch.http.FetchSettings;
import dev.juggler.work.fetch.http.RequestAccess;
import dev.juggler.work.fetch.saving.DownloadFolder;
import dev.juggler.work.fetch.saving.NameTemplate;
import dev.juggler.work.fetch.saving.PartFiles;
import dev.juggler.work.fetch.url.PercentEncoding;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checked fetch spec in the form that attempts need. Safe for use by several threads.
 *
 * @param bandwidth the limiter that all bodies share, or null
 */
record FetchPlan(
        RequestPlan request,
        SavingPlan saving,
        FetchLimits limits,
        @Nullable BandwidthLimiter bandwidth,
        RequestAccess access,
        FetchSettings settings) {
    /**
     * The content of the requests.
     *
     * @param headers for the input's own origin: the user's, and defaults where the user set none
     * @param plainHeaders for any other origin
     * @param body the request body, never changed, or null
     */
    @SuppressWarnings("ArrayRecordComponent")
    record RequestPlan(String method, List<Header> headers, List<Header> plainHeaders, byte @Nullable [] body) {}

    /**
     * The processing and saving of bodies.
     *
     * @param destination null when bodies are only read
     * @param digest whether the SHA-256 of a body is reported
     * @param crc whether the CRC-32C of a body is reported
     */
    record SavingPlan(@Nullable Destination destination, boolean digest, boolean crc, SavePolicy policy) {
        boolean savesFiles() {
            return destination != null;
        }

        private static SavingPlan of(Saving saving) {
            NameTemplate names = saving.names()
                    .template()
                    .map(text -> usable(() -> NameTemplate.parse(text)))
                    .orElse(NameTemplate.DEFAULT);
            Destination destination = saving.folder()
                    .map(DownloadFolder::open)
                    .map(folder -> new Destination(
                            folder,
                            new PartFiles(folder, saving.care().resume()),
                            names,
                            saving.names().byServer()))
                    .orElse(null);
            return new SavingPlan(destination, saving.digest(), saving.crc(), saving.care());
        }
    }

    /**
     * The destination of bodies.
     *
     * @param parts the part files of incomplete bodies
     * @param namesByServer whether Content-Disposition names a file
     */
    record Destination(DownloadFolder folder, PartFiles parts, NameTemplate names, boolean namesByServer) {}

    private static final Logger LOG = LoggerFactory.getLogger(FetchPlan.class);
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /** Headers that only the transport may set: conflicting framing would allow request smuggling. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-length",
            "expect",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final List<Header> DEFAULTS =
            List.of(new Header("user-agent", "juggler"), new Header("accept", "*/*"));

    /**
     * Checks a spec, reads the files it names and opens its folder: last, because that may create it.
     *
     * @throws InvalidWorkException when the spec is invalid
     */
    static FetchPlan of(FetchSpec spec, FetchSettings settings, Map<String, String> secrets) {
        checkMethod(spec);
        Access access = spec.access();
        Variables variables =
                usable(() -> Variables.of(secrets, access.envFile().map(Path::of)));
        RequestPlan request = requestPlan(spec, variables);
        FetchLimits limits = spec.bounds();
        if (limits.maxRedirects() < 0 || limits.maxBytes() < 0) {
            throw InvalidWorkException.usage("the limits of redirects and of bytes must not be negative");
        }
        RequestAccess requestAccess = usable(() -> RequestAccess.of(access, variables));
        long bandwidth = limits.flow().bandwidth();
        return new FetchPlan(
                request,
                SavingPlan.of(spec.saving()),
                limits,
                bandwidth > 0 ? new BandwidthLimiter(bandwidth, System.nanoTime()) : null,
                requestAccess,
                settings);
    }

    private static RequestPlan requestPlan(FetchSpec spec, Variables variables) {
        List<Header> headers = spec.request().headers().stream()
                .map(header -> expanded(header, variables))
                .toList();
        headers.forEach(FetchPlan::check);
        byte[] body = spec.request()
                .body()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        boolean decodes = spec.bounds().maxRatio() > 0;
        return new RequestPlan(
                spec.request().method(),
                withDefaults(headers, body != null, decodes),
                withDefaults(List.of(), body != null, decodes),
                body);
    }

    private static Header expanded(Header header, Variables variables) {
        return new Header(header.name(), usable(() -> variables.expand(header.value())));
    }

    /** Turns the error of a file or text given by the user, whose message is for the user, into a usage error. */
    private static <T> T usable(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw InvalidWorkException.usage(Excerpt.of(String.valueOf(e.getMessage())));
        }
    }

    private static void checkMethod(FetchSpec spec) {
        String method = spec.request().method();
        if (!isToken(method) || method.equals("CONNECT")) {
            throw InvalidWorkException.usage(
                    "'" + Excerpt.of(method) + "' is not a supported method; use one such as GET or POST");
        }
        if (method.equals("HEAD") && spec.saving().folder().isPresent()) {
            throw InvalidWorkException.usage("HEAD has no body to save; use GET, or omit the output folder");
        }
    }

    private static void check(Header header) {
        String name = header.name();
        if (!isToken(name)) {
            throw InvalidWorkException.usage("'" + Excerpt.of(name) + "' is not a valid header name");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw InvalidWorkException.usage("the header '" + name + "' cannot be set; it is derived from the request");
        }
        if (!header.value().chars().allMatch(c -> c == '\t' || c >= ' ' && c < 127)) {
            throw InvalidWorkException.usage("the value of the header '" + name
                    + "' has a line break or another character that is not ASCII text");
        }
        if (name.equalsIgnoreCase("host") && HostAndPort.parseAuthority(header.value(), -1) == null) {
            throw InvalidWorkException.usage(
                    "the header Host must be a name and an optional port, such as example.org:8080");
        }
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> PercentEncoding.isAlphanumeric((char) c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static List<Header> withDefaults(List<Header> users, boolean hasBody, boolean decodes) {
        List<Header> all = new ArrayList<>(users);
        DEFAULTS.stream().filter(header -> !has(users, header.name())).forEach(all::add);
        if (hasBody && !has(users, "content-type")) {
            all.add(new Header("content-type", "application/x-www-form-urlencoded"));
        }
        if (decodes && !has(users, "accept-encoding")) {
            all.add(new Header("accept-encoding", ContentCodings.ACCEPTED));
        }
        return List.copyOf(all);
    }

    /** Deletes incomplete bodies that no later attempt resumed; a failure is logged. */
    void close() {
        try {
            Destination destination = saving.destination();
            if (destination != null) {
                destination.parts().close();
            }
        } catch (IOException e) {
            LOG.warn("cannot delete part files: {}", Excerpt.of(e.toString()));
        }
    }

    /** Returns whether a header is present. A plain loop, because each fetch calls this several times. */
    static boolean has(List<Header> headers, String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
