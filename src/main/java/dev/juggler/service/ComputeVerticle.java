package dev.juggler.service;

import dev.juggler.work.WorkProvider;
import dev.juggler.work.compute.ComputeWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls functions for anyone on the event bus: {@code {"function": "square", "input": 12}} to {@code juggler.compute}.
 *
 * <p>Configuration, all optional: {@code functions}, the functions that may be asked for (built-in names, Java source
 * files, class names; without it the built-in ones that touch no files), {@code classpath}, {@code timeout},
 * {@code concurrency}.
 */
public final class ComputeVerticle extends ServiceVerticle {
    /** What a stranger may call without being able to read or write this machine's files. */
    private static final List<String> HARMLESS =
            List.of("sum-squares", "square", "random-products", "count-primes", "sleep");

    /** Not deployed yet. */
    public ComputeVerticle() {
        super("compute");
    }

    @Override
    void prepare(ServiceConfig config, Map<String, WorkProvider> into) {
        List<String> named = config.texts("functions");
        List<String> classpath = config.texts("classpath");
        for (String function : named.isEmpty() ? HARMLESS : named) {
            into.put(function, ComputeWork.prepare(ComputeWork.spec(function, classpath)));
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
