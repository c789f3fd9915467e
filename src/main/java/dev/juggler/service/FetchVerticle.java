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
 * Fetches URLs for any client on the event bus. A request is {@code {"url": "https://…"}}, sent to
 * {@code juggler.fetch}.
 *
 * <p>Configuration, all optional: {@code method}, {@code headers} (an object), {@code outputDir}, {@code maxRedirects},
 * {@code timeout} (such as {@code 30s}), {@code concurrency}.
 */
public final class FetchVerticle extends ServiceVerticle {
    /** Creates a verticle; Vert.x calls this to deploy it by name. */
    public FetchVerticle() {
        super("fetch");
    }

    @Override
    void prepare(ServiceConfig config, Map<String, WorkProvider> providers) {
        List<Header> headers = new ArrayList<>();
        ServiceConfig headerConfig = config.object("headers");
        headerConfig
                .members()
                .forEach(name -> headers.add(
                        new Header(name, headerConfig.optionalString(name).orElse(""))));
        String method = config.optionalString("method").orElse("GET").toUpperCase(Locale.ROOT);
        int maxRedirects = config.optionalInt("maxRedirects", FetchLimits.DEFAULT.maxRedirects());
        FetchSpec spec = new FetchSpec(
                new Request(method, headers, Optional.empty()),
                Access.OPEN,
                new Saving(config.optionalString("outputDir"), true),
                new FetchLimits(maxRedirects, FetchLimits.DEFAULT.maxBytes()));
        providers.put("", FetchWork.prepare(spec));
    }

    @Override
    Optional<String> selector() {
        return Optional.empty();
    }

    @Override
    Input convertInput(Input input) {
        return input instanceof Input.Text text ? Input.url(text.value()) : input;
    }

    @Override
    String inputMember() {
        return "url";
    }
}
