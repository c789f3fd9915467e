package dev.juggler.node.settings;

import dev.juggler.access.Variables;
import dev.juggler.client.JobFetchOptions.Api;
import dev.juggler.client.JobFetchOptions.Saving;
import dev.juggler.client.JobFetchOptions.Transfer;
import dev.juggler.client.JobRequest;
import dev.juggler.job.ByteSize;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.FileNaming;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.RetryPolicy;
import dev.juggler.source.PageReader;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.fetch.PageFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request to fetch becomes here: all that it may say, under what the node allows. */
public record FetchPermissions(NodeSettings.Fetch settings, Path base) {
    /**
     * The work of a job.
     *
     * @throws RejectedRequestException when it is not allowed
     * @throws IllegalArgumentException when an option is wrong
     */
    FetchSpec spec(JobRequest request, JobRequest.Fetch asked) {
        Transfer transfer = asked.transfer() == null ? Transfer.USUAL : asked.transfer();
        String otherwise = asked.body() == null ? "GET" : "POST";
        String method = asked.method() == null ? otherwise : asked.method().toUpperCase(Locale.ROOT);
        FetchSpec spec = FetchSpec.READ
                .with(new FetchSpec.Request(method, headers(asked), Optional.ofNullable(asked.body())))
                .with(bounds(asked, transfer))
                .with(saving(asked, request.retries() != null && request.retries() > 0));
        Access access = access(asked, transfer);
        Api from = request.inputs().from();
        return spec.with(from == null || access.home().isPresent() ? access : access.at(first(from)));
    }

    private List<Header> headers(JobRequest.Fetch asked) {
        List<Header> headers = new ArrayList<>();
        Map<String, String> given = asked.headers() == null ? Map.of() : asked.headers();
        given.forEach((name, value) -> headers.add(new Header(name, header(name, value))));
        if (asked.credentials() != null) {
            credentials(asked.credentials()).headers().forEach((name, value) -> headers.add(new Header(name, value)));
        }
        return headers;
    }

    private static String header(String name, String value) {
        if (value == null) {
            throw RejectedRequestException.bad("header '" + name + "' has no value");
        }
        // Whoever asks may not read this node's environment by it.
        return Variables.quote(value);
    }

    private NodeSettings.Credentials credentials(String name) {
        NodeSettings.Credentials named = settings.credentials().get(name);
        if (named == null) {
            throw RejectedRequestException.bad("this node has no credentials '" + name + "'");
        }
        return named;
    }

    /** What is secret stands in the settings alone, or in the variables that they name. */
    private Access access(JobRequest.Fetch asked, Transfer transfer) {
        boolean insecure = is(transfer.insecure());
        boolean downgrade = is(transfer.allowDowngrade());
        boolean cookies = transfer.cookies() == null || transfer.cookies();
        if (asked.credentials() == null) {
            Certificates certificates =
                    new Certificates(Optional.empty(), Optional.empty(), Optional.empty(), insecure);
            return access(null, cookies, certificates, downgrade);
        }
        if (insecure || downgrade) {
            throw RejectedRequestException.bad(
                    "'insecure' and 'allowDowngrade' do not go with 'credentials': others could read them");
        }
        NodeSettings.Credentials own = credentials(asked.credentials());
        Certificates certificates =
                new Certificates(file(own.authorities()), file(own.certificate()), file(own.key()), false);
        return access(own, cookies, certificates, false).at(own.origin());
    }

    private Access access(
            NodeSettings.@Nullable Credentials own, boolean cookies, Certificates certificates, boolean downgrade) {
        return new Access(
                Optional.ofNullable(own).map(NodeSettings.Credentials::user),
                Optional.empty(),
                own == null ? Optional.empty() : file(own.envFile()),
                cookies,
                Optional.empty(),
                certificates,
                Optional.empty(),
                Optional.empty(),
                downgrade,
                Optional.empty());
    }

    private Optional<String> file(@Nullable String name) {
        return Optional.ofNullable(name).map(each -> base.resolve(each).toString());
    }

    private FetchLimits bounds(JobRequest.Fetch asked, Transfer transfer) {
        FetchLimits usual = FetchLimits.DEFAULT;
        int redirects = asked.maxRedirects() == null ? usual.maxRedirects() : asked.maxRedirects();
        int ratio = transfer.maxRatio() == null ? FetchLimits.USUAL_RATIO : transfer.maxRatio();
        int segments = transfer.segments() == null ? 1 : transfer.segments();
        if (segments > 1 && asked.output() == null) {
            throw RejectedRequestException.bad("'segments' is about files: name a folder with 'output'");
        }
        return new FetchLimits(
                // A redirect could lead to a host that is not on the list.
                settings.hosts().isEmpty() ? redirects : 0,
                transfer.maxSize() == null ? usual.maxBytes() : size("maxSize", transfer.maxSize()),
                new TransferRates(
                        Optional.ofNullable(transfer.idleTimeout()),
                        aSecond("minRate", transfer.minRate()),
                        aSecond("bandwidth", transfer.bandwidth())),
                is(transfer.compressed()) ? ratio : 0,
                segments);
    }

    private static long aSecond(String name, String text) {
        return text == null ? 0 : size(name, text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
    }

    private static long size(String name, String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw RejectedRequestException.bad("'" + name + "': " + e.getMessage());
        }
    }

    private FetchSpec.Saving saving(JobRequest.Fetch asked, boolean retries) {
        Saving saving = asked.saving() == null ? Saving.USUAL : asked.saving();
        if (asked.output() == null) {
            if (asked.saving() != null && !saving.equals(new Saving(null, null, null, null, saving.checksum(), null))) {
                throw RejectedRequestException.bad("'saving' is about files: name a folder with 'output'");
            }
            return FetchSpec.Saving.NONE.with(
                    new SavePolicy(PartialBodyPolicy.NEVER, ExistingFilePolicy.FETCH, false, is(saving.checksum())));
        }
        String folder = Permissions.below(base, settings.output(), asked.output(), "save in folder")
                .toString();
        PartialBodyPolicy otherwise = retries ? PartialBodyPolicy.NEXT_TRY : PartialBodyPolicy.NEVER;
        SavePolicy care = new SavePolicy(
                is(saving.resume()) ? PartialBodyPolicy.NEXT_RUN : otherwise,
                existing(saving.existing()),
                // As with a journal on the command line, which a job here always has.
                saving.fsync() == null || saving.fsync(),
                is(saving.checksum()));
        return new FetchSpec.Saving(Optional.of(folder), true)
                .with(care)
                .with(new FileNaming(Optional.ofNullable(saving.template()), is(saving.serverNames())));
    }

    private static ExistingFilePolicy existing(String word) {
        return switch (word) {
            case null -> ExistingFilePolicy.FETCH;
            case "skip" -> ExistingFilePolicy.SKIP;
            default -> ExistingFilePolicy.REFRESH;
        };
    }

    private static boolean is(Boolean said) {
        return said != null && said;
    }

    /** The limits of one origin. */
    public static PerGroup perGroup(JobRequest.Fetch asked) {
        Transfer transfer = asked.transfer() == null ? Transfer.USUAL : asked.transfer();
        return new PerGroup(
                Optional.ofNullable(asked.perHost()),
                Optional.ofNullable(transfer.perHostRate()),
                transfer.maxPause() == null ? PerGroup.NONE.longestPause() : transfer.maxPause());
    }

    /**
     * The links that an API tells, under the limits of all fetches.
     *
     * @throws IOException when there is no place for temporary files
     */
    public Source api(JobRequest request, JobRequest.Fetch asked) throws IOException {
        Api from = request.inputs().from();
        int retries = request.retries() == null ? 0 : request.retries();
        PageFetch fetch = PageFetch.prepare(spec(request, asked), Map.of(), RetryPolicy.of(retries));
        PageReader pages = new PageReader() {
            @Override
            public byte[] read(String url) throws IOException {
                if (!allows(url)) {
                    throw new IOException("this node does not fetch from the host of the page " + url);
                }
                return fetch.read(url);
            }

            @Override
            public void close() throws IOException {
                fetch.close();
            }
        };
        return Sources.api(pages, from.url(), from.select(), Optional.ofNullable(from.next()), from.mostPages());
    }

    private String first(Api from) {
        if (!allows(from.url())) {
            throw RejectedRequestException.bad("this node does not fetch from the host of '" + from.url() + "'");
        }
        return from.url();
    }

    private boolean allows(String url) {
        return settings.hosts().isEmpty() || settings.hosts().contains(AllowedHosts.host(url));
    }
}
