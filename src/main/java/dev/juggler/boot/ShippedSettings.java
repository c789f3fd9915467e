package dev.juggler.boot;

import java.util.Map;

/**
 * What {@code conf/juggler.json} says as it is shipped. In Java, because to read it was a sixth of what the main thread
 * does before a run: the parser wants the JDK's big decimals, and those want many powers of five.
 */
public final class ShippedSettings {
    /** As the settings reader reads them. */
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
