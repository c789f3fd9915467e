package dev.juggler.job;

import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import dev.juggler.job.FetchSpec.Cookies;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.FileNaming;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.Login;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.Proxies;
import dev.juggler.job.FetchSpec.Request;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.FetchSpec.TransferRates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Builds a {@link FetchSpec}. A new builder makes {@link FetchSpec#READ}; each method sets one thing, returns the
 * builder and takes no null. Values that have a range are checked where the spec is used. For use by one thread.
 */
public final class FetchSpecBuilder {
    private Optional<String> method = Optional.empty();
    private final List<Header> headers = new ArrayList<>();
    private Optional<String> body = Optional.empty();

    private Optional<String> user = Optional.empty();
    private boolean digestLogin;
    private Optional<String> netrc = Optional.empty();
    private Optional<String> envFile = Optional.empty();
    private boolean cookies = true;
    private Optional<String> cookieJar = Optional.empty();
    private Optional<String> authorities = Optional.empty();
    private Optional<String> certificate = Optional.empty();
    private Optional<String> key = Optional.empty();
    private boolean insecure;
    private Optional<String> proxy = Optional.empty();
    private Optional<String> noProxy = Optional.empty();
    private boolean allowDowngrade;
    private Optional<String> home = Optional.empty();

    private Optional<String> folder = Optional.empty();
    private boolean digest;
    private Optional<String> template = Optional.empty();
    private boolean serverNames;
    private PartialBodyPolicy partialBodies = PartialBodyPolicy.NEVER;
    private ExistingFilePolicy existing = ExistingFilePolicy.FETCH;
    private boolean flush;
    private boolean checksums;

    private int maxRedirects = FetchLimits.DEFAULT.maxRedirects();
    private long maxBytes = FetchLimits.DEFAULT.maxBytes();
    private Optional<Duration> idleTimeout = Optional.empty();
    private long minRate;
    private long bandwidth;
    private boolean compressed;
    private int maxRatio = FetchLimits.USUAL_RATIO;
    private int segments = 1;

    FetchSpecBuilder() {}

    /** The HTTP method, in upper or lower case; without one, POST where there is a body and GET otherwise. */
    public FetchSpecBuilder method(String name) {
        method = Optional.of(name.toUpperCase(Locale.ROOT));
        return this;
    }

    /** More headers, sent to the origin of the input's URL and to no other. */
    public FetchSpecBuilder headers(List<Header> more) {
        headers.addAll(more);
        return this;
    }

    /** The request body. */
    public FetchSpecBuilder body(String text) {
        body = Optional.of(text);
        return this;
    }

    /** {@code NAME:PASSWORD} for the origin of the input's URL. */
    public FetchSpecBuilder user(String login) {
        user = Optional.of(login);
        return this;
    }

    /** Returns whether only digests of a password are sent. */
    public FetchSpecBuilder digestLogin(boolean only) {
        digestLogin = only;
        return this;
    }

    /** A netrc file with logins by host. */
    public FetchSpecBuilder netrc(String file) {
        netrc = Optional.of(file);
        return this;
    }

    /** A file of variables for headers, user and proxy. */
    public FetchSpecBuilder envFile(String file) {
        envFile = Optional.of(file);
        return this;
    }

    /** Returns whether cookies are sent back; they are unless this says otherwise. */
    public FetchSpecBuilder cookies(boolean accepted) {
        cookies = accepted;
        return this;
    }

    /** A file that cookies are read from, and written to at the end of the run. */
    public FetchSpecBuilder cookieJar(String file) {
        cookieJar = Optional.of(file);
        return this;
    }

    /** A PEM file with the only authorities to trust. */
    public FetchSpecBuilder authorities(String file) {
        authorities = Optional.of(file);
        return this;
    }

    /** A PEM file with the client's certificate. */
    public FetchSpecBuilder certificate(String file) {
        certificate = Optional.of(file);
        return this;
    }

    /** A PEM file with the private key of the client's certificate, where it is not in the same file. */
    public FetchSpecBuilder key(String file) {
        key = Optional.of(file);
        return this;
    }

    /** Returns whether certificates of servers are not verified. */
    public FetchSpecBuilder insecure(boolean unverified) {
        insecure = unverified;
        return this;
    }

    /** The URL of a proxy for all requests in place of the environment's; an empty text for none. */
    public FetchSpecBuilder proxy(String url) {
        proxy = Optional.of(url);
        return this;
    }

    /** Hosts that are reached without a proxy, in place of the environment's, separated by commas. */
    public FetchSpecBuilder noProxy(String hosts) {
        noProxy = Optional.of(hosts);
        return this;
    }

    /** Returns whether redirects from https to http are followed. */
    public FetchSpecBuilder allowDowngrade(boolean followed) {
        allowDowngrade = followed;
        return this;
    }

    /** A URL of the one origin that gets headers and user, in place of the origin of each input. */
    public FetchSpecBuilder home(String url) {
        home = Optional.of(url);
        return this;
    }

    /** The folder that bodies are saved in. */
    public FetchSpecBuilder folder(String path) {
        folder = Optional.of(path);
        return this;
    }

    /** Returns whether outcomes have the SHA-256 of a saved body, which costs as much as all else that saving does. */
    public FetchSpecBuilder digest(boolean computed) {
        digest = computed;
        return this;
    }

    /** The template of file names below the folder. */
    public FetchSpecBuilder template(String names) {
        template = Optional.of(names);
        return this;
    }

    /** Returns whether a name that the server sends takes the place of the last segment. */
    public FetchSpecBuilder serverNames(boolean used) {
        serverNames = used;
        return this;
    }

    /** Sets the treatment of a body that breaks off. */
    public FetchSpecBuilder partialBodies(PartialBodyPolicy policy) {
        partialBodies = policy;
        return this;
    }

    /** Sets the treatment of files from before the run. */
    public FetchSpecBuilder existing(ExistingFilePolicy policy) {
        existing = policy;
        return this;
    }

    /** Returns whether a file is flushed to disk before its row reports success. */
    public FetchSpecBuilder flush(boolean forced) {
        flush = forced;
        return this;
    }

    /** Returns whether inputs without a checksum are rejected. */
    public FetchSpecBuilder checksums(boolean required) {
        checksums = required;
        return this;
    }

    /** The number of redirects that are followed, from 0; 16 unless this says otherwise. */
    public FetchSpecBuilder maxRedirects(int number) {
        maxRedirects = number;
        return this;
    }

    /** The longest body that is accepted, in bytes. */
    public FetchSpecBuilder maxBytes(long bytes) {
        maxBytes = bytes;
        return this;
    }

    /** Sets the longest silence of a server, before its response and during it. */
    public FetchSpecBuilder idleTimeout(Duration time) {
        idleTimeout = Optional.of(time);
        return this;
    }

    /** The least bytes per second that a body must come with, over ten seconds; 0 for any. */
    public FetchSpecBuilder minRate(long bytesPerSecond) {
        minRate = bytesPerSecond;
        return this;
    }

    /** The most bytes per second of all bodies of one process together; 0 for any. */
    public FetchSpecBuilder bandwidth(long bytesPerSecond) {
        bandwidth = bytesPerSecond;
        return this;
    }

    /** Returns whether compressed bodies are asked for and decompressed. */
    public FetchSpecBuilder compressed(boolean accepted) {
        compressed = accepted;
        return this;
    }

    /** Sets the maximum ratio of the decompressed to the compressed length of a body, from 1. The default is 200. */
    public FetchSpecBuilder maxRatio(int times) {
        maxRatio = times;
        return this;
    }

    /** The number of ranges that a long body which is saved may be fetched in at a time, from 1 to 32. */
    public FetchSpecBuilder segments(int number) {
        segments = number;
        return this;
    }

    /** The spec as it has been set so far. */
    public FetchSpec build() {
        String otherwise = body.isPresent() ? "POST" : "GET";
        SavePolicy care = new SavePolicy(partialBodies, existing, flush, checksums);
        return new FetchSpec(
                new Request(method.orElse(otherwise), headers, body),
                new Access(
                        new Login(user, digestLogin, netrc),
                        envFile,
                        new Cookies(cookies, cookieJar),
                        new Certificates(authorities, certificate, key, insecure),
                        new Proxies(proxy, noProxy),
                        allowDowngrade,
                        home),
                new Saving(folder, digest, false, care, new FileNaming(template, serverNames)),
                new FetchLimits(
                        maxRedirects,
                        maxBytes,
                        new TransferRates(idleTimeout, minRate, bandwidth),
                        compressed ? maxRatio : 0,
                        segments));
    }
}
