package dev.juggler.cli;

import dev.juggler.job.ByteSize;
import dev.juggler.job.FetchSpec.Bounds;
import dev.juggler.job.FetchSpec.Flow;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Rate;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of fetch on how hard servers and the line are used. */
final class TransferOptions {
    private static final int MOST_SEGMENTS = 32;

    @Option(
            names = "--per-host",
            paramLabel = "N",
            description = "The most requests to one origin (scheme, host and port) at a time.")
    private Integer perHost;

    @Option(
            names = "--per-host-rate",
            paramLabel = "N/s",
            description = "The most requests to one origin that start in a second (/m, /h).")
    private Rate perHostRate;

    @Option(
            names = "--max-pause",
            paramLabel = "D",
            description =
                    "The longest time an origin is left alone because of its Retry-After. Default: ${DEFAULT-VALUE}.")
    private Duration maxPause;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            description = "The longest body that is accepted, such as 500k, 10M or 2G.")
    private String maxSize;

    @Option(
            names = "--idle-timeout",
            paramLabel = "D",
            description = "How long a server may be silent, before its answer and in the middle of it.")
    private Duration idle;

    @Option(
            names = "--min-rate",
            paramLabel = "SIZE",
            description = "The least that must come in a second, over ten seconds, such as 10k.")
    private String minRate;

    @Option(
            names = "--bandwidth",
            paramLabel = "SIZE",
            description = "The most that comes in a second, of all bodies together, such as 2M.")
    private String bandwidth;

    @Option(
            names = "--compressed",
            description = "Tell servers that bodies may come compressed (gzip, deflate, br, zstd), and unpack them.")
    private boolean compressed;

    @Option(
            names = "--max-ratio",
            paramLabel = "N",
            description = "How many times its length a compressed body may unpack to. Default: ${DEFAULT-VALUE}.")
    private int maxRatio;

    @Option(
            names = "--segments",
            paramLabel = "N",
            description =
                    "Fetch a long body in up to N ranges at a time, of at least 8 MiB each, where the server takes"
                            + " ranges. Needs -o.")
    private int segments = 1;

    Bounds bounds(int maxRedirects, boolean saves) {
        if (segments < 1 || segments > MOST_SEGMENTS) {
            throw CommandFailure.usage("--segments is from 1 to " + MOST_SEGMENTS + ", not " + segments);
        }
        if (segments > 1 && !saves) {
            throw CommandFailure.usage("--segments is about files: name a folder with -o");
        }
        if (maxRatio < 1) {
            throw CommandFailure.usage("--max-ratio is at least 1, not " + maxRatio);
        }
        long most = maxSize == null ? Bounds.DEFAULT.maxBytes() : size("--max-size", maxSize);
        Flow flow =
                new Flow(Optional.ofNullable(idle), aSecond("--min-rate", minRate), aSecond("--bandwidth", bandwidth));
        return new Bounds(maxRedirects, most, flow, compressed ? maxRatio : 0, segments);
    }

    private static long aSecond(String option, String text) {
        return text == null ? 0 : size(option, text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
    }

    private static long size(String option, String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + ": " + e.getMessage(), e);
        }
    }

    PerGroup perHost() {
        if (perHost != null && perHost < 1) {
            throw CommandFailure.usage("--per-host is at least 1, not " + perHost);
        }
        return new PerGroup(Optional.ofNullable(perHost), Optional.ofNullable(perHostRate), maxPause);
    }
}
