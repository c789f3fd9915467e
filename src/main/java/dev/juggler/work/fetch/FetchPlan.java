package dev.juggler.work.fetch;

import dev.juggler.access.Variables;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.TransferRates;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fetch spec that was checked and put in the form the attempts need. Safe for use by several threads.
 *
 * @param headers for the input's own origin: the user's, and ours where the user set none
 * @param plainHeaders for any other origin
 * @param body the request body, never changed, or null
 * @param folder where bodies are saved, or null
 * @param bandwidth what all bodies share, or null
 * @param maxRatio how many times its length a compressed body may unpack to; 0 when none is asked for
 * @param segments how many ranges of a body may be fetched side by side; below 2 for none
 * @param parts what is left of bodies that broke off; null without a folder
 */
@SuppressWarnings("ArrayRecordComponent")
record FetchPlan(
        String method,
        List<Header> headers,
        List<Header> plainHeaders,
        byte[] body,
        DownloadFolder folder,
        int maxRedirects,
        long maxBytes,
        boolean digest,
        boolean crc,
        SavePolicy care,
        PartFiles parts,
        NameTemplate names,
        boolean namesByServer,
        RequestAccess access,
        TransferRates flow,
        BandwidthLimiter bandwidth,
        int maxRatio,
        int segments,
        FetchSettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger(FetchPlan.class);
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /** What frames the message is the transport's business; a second opinion on it lets requests be smuggled. */
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

    private static final List<Header> OURS = List.of(new Header("user-agent", "juggler"), new Header("accept", "*/*"));

    /** Checks all but the folder, which must come last because it makes something. */
    static FetchPlan of(FetchSpec spec, FetchSettings settings, Map<String, String> secrets) {
        checkMethod(spec);
        Access access = spec.access();
        Variables variables =
                usable(() -> Variables.of(secrets, access.envFile().map(Path::of)));
        List<Header> headers = spec.request().headers().stream()
                .map(header -> expanded(header, variables))
                .toList();
        headers.forEach(FetchPlan::check);
        if (spec.bounds().maxRedirects() < 0 || spec.bounds().maxBytes() < 0) {
            throw InvalidWorkException.usage("the limits of redirects and of bytes are not below zero");
        }
        byte[] body = spec.request()
                .body()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        NameTemplate names = spec.saving()
                .names()
                .template()
                .map(text -> usable(() -> NameTemplate.parse(text)))
                .orElse(NameTemplate.DEFAULT);
        DownloadFolder folder = spec.saving().folder().map(DownloadFolder::open).orElse(null);
        SavePolicy care = spec.saving().care();
        RequestAccess rules = usable(() -> RequestAccess.of(access, variables));
        TransferRates flow = spec.bounds().flow();
        return new FetchPlan(
                spec.request().method(),
                withOurs(headers, body != null, spec.bounds().maxRatio() > 0),
                withOurs(List.of(), body != null, spec.bounds().maxRatio() > 0),
                body,
                folder,
                spec.bounds().maxRedirects(),
                spec.bounds().maxBytes(),
                spec.saving().digest(),
                spec.saving().crc(),
                care,
                folder == null ? null : new PartFiles(folder, care.resume()),
                names,
                spec.saving().names().byServer(),
                rules,
                flow,
                flow.bandwidth() > 0 ? new BandwidthLimiter(flow.bandwidth(), System.nanoTime()) : null,
                spec.bounds().maxRatio(),
                spec.bounds().segments(),
                settings);
    }

    private static Header expanded(Header header, Variables variables) {
        return new Header(header.name(), usable(() -> variables.expand(header.value())));
    }

    /** What reads the user's files says what is wrong with them in words for the user. */
    private static <T> T usable(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw InvalidWorkException.usage(Excerpt.of(e.getMessage()));
        }
    }

    private static void checkMethod(FetchSpec spec) {
        String method = spec.request().method();
        if (!isToken(method) || method.equals("CONNECT")) {
            throw InvalidWorkException.usage(
                    "'" + Excerpt.of(method) + "' is not a method that can be sent: give one such as GET or POST");
        }
        if (method.equals("HEAD") && spec.saving().folder().isPresent()) {
            throw InvalidWorkException.usage("HEAD has no body to save: use GET, or give no output folder");
        }
    }

    private static void check(Header header) {
        String name = header.name();
        if (!isToken(name)) {
            throw InvalidWorkException.usage("'" + Excerpt.of(name) + "' is not the name of a header");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw InvalidWorkException.usage("the header '" + name + "' cannot be set: it follows from the request");
        }
        if (!header.value().chars().allMatch(c -> c == '\t' || c >= ' ' && c < 127)) {
            throw InvalidWorkException.usage("the value of the header '" + name
                    + "' has a line break or another character that is not ASCII text");
        }
        if (name.equalsIgnoreCase("host") && HostAndPort.parseAuthority(header.value(), -1) == null) {
            throw InvalidWorkException.usage("the header Host takes a name and a port, such as example.org:8080");
        }
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> PercentEncoding.isAlphanumeric((char) c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static List<Header> withOurs(List<Header> users, boolean hasBody, boolean compressed) {
        List<Header> all = new ArrayList<>(users);
        OURS.stream().filter(ours -> !has(users, ours.name())).forEach(all::add);
        if (hasBody && !has(users, "content-type")) {
            all.add(new Header("content-type", "application/x-www-form-urlencoded"));
        }
        if (compressed && !has(users, "accept-encoding")) {
            all.add(new Header("accept-encoding", ContentCodings.ACCEPTED));
        }
        return List.copyOf(all);
    }

    /** Removes what no later try has asked for. */
    void close() {
        try {
            if (parts != null) {
                parts.close();
            }
        } catch (IOException e) {
            LOG.warn("parts of bodies could not be removed: {}", Excerpt.of(e.toString()));
        }
    }

    /** A plain loop, because each fetch asks several times. */
    static boolean has(List<Header> headers, String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
