package dev.juggler.node.settings;

import dev.juggler.access.Variables;
import dev.juggler.client.JobRequest;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpecBuilder;
import dev.juggler.job.RetryPolicy;
import dev.juggler.option.FetchOptionValues;
import dev.juggler.option.FetchOptions;
import dev.juggler.option.Headers;
import dev.juggler.option.NodePolicy;
import dev.juggler.source.PageReader;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.fetch.PageFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests to fetch into work, within what the node's settings allow.
 *
 * @param settings what jobs may fetch
 * @param base the folder that relative paths in the settings start from
 */
public record FetchPermissions(NodeSettings.Fetch settings, Path base) implements NodePolicy {
    /**
     * The work of a job.
     *
     * @throws RejectedRequestException when the node does not allow it
     */
    FetchSpec spec(JobRequest request, JobRequest.Fetch asked) {
        FetchOptionValues values = asked.options();
        FetchOptionValues api = request.inputs().from();
        FetchOptionValues permitted = (api == null ? values : values.and(api)).permitted(this);
        boolean saves = permitted.has(FetchOptions.OUTPUT_DIR);
        FetchSpecBuilder builder = FetchSpec.builder()
                .maxRedirects(redirects(FetchLimits.DEFAULT.maxRedirects()))
                .digest(saves)
                // As with a journal on the command line, which a job on a node always has.
                .flush(saves)
                .partialBodies(saves && retries(request) > 0 ? PartialBodyPolicy.NEXT_TRY : PartialBodyPolicy.NEVER);
        permitted.applyTo(builder);
        permitted.find(FetchOptions.CREDENTIALS).map(this::named).ifPresent(own -> apply(own, builder));
        return builder.build();
    }

    private static int retries(JobRequest request) {
        return request.retries() == null ? 0 : request.retries();
    }

    @Override
    public String folder(String name) {
        return Permissions.below(base, settings.output(), name, "save in folder")
                .toString();
    }

    @Override
    public String url(String url) {
        if (!allows(url)) {
            throw RejectedRequestException.bad("this node does not fetch from the host of '" + url + "'");
        }
        return url;
    }

    /** Headers in which no variable is replaced: a sender must not read this node's environment by them. */
    @Override
    public Headers headers(Headers headers) {
        return headers.mapValues(Variables::quote);
    }

    /** None where hosts are listed: a redirect could lead to a host that is not. */
    @Override
    public int redirects(int number) {
        return settings.hosts().isEmpty() ? number : 0;
    }

    @Override
    public String credentials(String name) {
        named(name);
        return name;
    }

    private NodeSettings.Credentials named(String name) {
        NodeSettings.Credentials named = settings.credentials().get(name);
        if (named == null) {
            throw RejectedRequestException.bad("this node has no credentials '" + name + "'");
        }
        return named;
    }

    /** Sets what is secret, which stands in the settings alone or in the variables that they name. */
    private void apply(NodeSettings.Credentials own, FetchSpecBuilder builder) {
        builder.headers(Headers.of(own.headers()).fields()).home(own.origin());
        Optional.ofNullable(own.user()).ifPresent(builder::user);
        file(own.envFile()).ifPresent(builder::envFile);
        file(own.authorities()).ifPresent(builder::authorities);
        file(own.certificate()).ifPresent(builder::certificate);
        file(own.key()).ifPresent(builder::key);
    }

    private Optional<String> file(@Nullable String name) {
        return Optional.ofNullable(name).map(each -> base.resolve(each).toString());
    }

    /**
     * Returns the links in the JSON of an API, read within the limits of all fetches.
     *
     * @param from the API
     * @throws IOException when the folder for temporary files cannot be created
     */
    public Source api(JobRequest request, JobRequest.Fetch asked, FetchOptionValues from) throws IOException {
        PageFetch fetch = PageFetch.prepare(spec(request, asked), Map.of(), RetryPolicy.of(retries(request)));
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
        return Sources.api(
                pages,
                from.get(FetchOptions.FROM),
                from.get(FetchOptions.SELECT),
                from.find(FetchOptions.NEXT),
                from.get(FetchOptions.MAX_PAGES));
    }

    private boolean allows(String url) {
        return settings.hosts().isEmpty() || settings.hosts().contains(AllowedHosts.host(url));
    }
}
