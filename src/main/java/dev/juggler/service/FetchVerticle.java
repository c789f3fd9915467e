package dev.juggler.service;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.Request;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.Input;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.fetch.FetchWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches URLs for anyone on the event bus: {@code {"url": "https://…"}} to {@code juggler.fetch}.
 *
 * <p>Configuration, all optional: {@code method}, {@code headers} (an object), {@code outputDir}, {@code maxRedirects},
 * {@code timeout} (such as {@code 30s}), {@code concurrency}.
 */
public final class FetchVerticle extends ServiceVerticle {
    /** Not deployed yet. */
    public FetchVerticle() {
        super("fetch");
    }

    @Override
    void prepare(ServiceConfig config, Map<String, WorkProvider> into) {
        List<Header> headers = new ArrayList<>();
        ServiceConfig named = config.object("headers");
        named.members()
                .forEach(name ->
                        headers.add(new Header(name, named.optionalText(name).orElse(""))));
        String method = config.optionalText("method").orElse("GET").toUpperCase(Locale.ROOT);
        int maxRedirects = config.optionalInt("maxRedirects", FetchLimits.DEFAULT.maxRedirects());
        FetchSpec spec = new FetchSpec(
                new Request(method, headers, Optional.empty()),
                Access.OPEN,
                new Saving(config.optionalText("outputDir"), true),
                new FetchLimits(maxRedirects, FetchLimits.DEFAULT.maxBytes()));
        into.put("", FetchWork.prepare(spec));
    }

    @Override
    Optional<String> selector() {
        return Optional.empty();
    }

    @Override
    Input read(Input given) {
        return given instanceof Input.Text text ? Input.url(text.value()) : given;
    }

    @Override
    String inputMember() {
        return "url";
    }
}
