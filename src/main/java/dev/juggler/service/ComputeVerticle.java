package dev.juggler.service;

import dev.juggler.work.WorkProvider;
import dev.juggler.work.compute.ComputeWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls functions for any client on the event bus. A request is {@code {"function": "square", "input": 12}}, sent to
 * {@code juggler.compute}.
 *
 * <p>Configuration, all optional: {@code functions}, the functions that requests may name (built-in names, Java source
 * files, class names; by default the built-in ones that access no files), {@code classpath}, {@code timeout},
 * {@code concurrency}.
 */
public final class ComputeVerticle extends ServiceVerticle {
    /** The built-in functions that are safe for untrusted clients: they read and write no files of this machine. */
    private static final List<String> SAFE_FUNCTIONS =
            List.of("sum-squares", "square", "random-products", "count-primes", "sleep");

    /** Creates a verticle; Vert.x calls this to deploy it by name. */
    public ComputeVerticle() {
        super("compute");
    }

    @Override
    void prepare(ServiceConfig config, Map<String, WorkProvider> providers) {
        List<String> configured = config.strings("functions");
        List<String> classpath = config.strings("classpath");
        for (String function : configured.isEmpty() ? SAFE_FUNCTIONS : configured) {
            providers.put(function, ComputeWork.prepare(ComputeWork.spec(function, classpath)));
        }
    }

    @Override
    Optional<String> selector() {
        return Optional.of("function");
    }

    @Override
    String inputMember() {
        return "input";
    }
}
