package dev.juggler.boot;

import java.util.Map;

/**
 * The content of {@code conf/juggler.json} as it is shipped. It is Java, because parsing it took a sixth of the main
 * thread's time before a run: the parser uses the JDK's big decimals, which compute many powers of five.
 */
public final class ShippedSettings {
    /** All settings, as the reader of settings files returns them. */
    public static final Map<String, Object> ALL = Map.ofEntries(
            Map.entry("retries", 0),
            Map.entry("halt", "never"),
            Map.entry("chunk", "auto"),
            Map.entry("max", 256),
            Map.entry("progress", "auto"),
            Map.entry("color", "auto"),
            Map.entry("compare", Map.of("repeat", 5, "warmup", 1)),
            Map.entry(
                    "fetch",
                    Map.of(
                            "model", "async",
                            "timeout", "5m",
                            "max-pause", "5m",
                            "max-ratio", 200,
                            "max-redirects", 16)),
            Map.entry("compute", Map.of("model", "threads")),
            Map.entry("exec", Map.of("model", "threads")),
            Map.entry("tune", Map.of("repeat", 3)));

    private ShippedSettings() {}
}
