package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.job.ByteSize;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Rate;
import java.time.Duration;
import java.util.Optional;

/** The options of fetch on how hard servers and the line are used. */
final class TransferOptions {
    private static final int MOST_SEGMENTS = 32;

    private Integer perHost;
    private Rate perHostRate;
    private Duration maxPause;
    private String maxSize;
    private Duration idle;
    private String minRate;
    private String bandwidth;
    private boolean compressed;
    private int maxRatio;
    private int segments = 1;

    /** Declares them. */
    void declare(OptionSyntax syntax) {
        syntax.value(
                "--per-host",
                "N",
                Integer.class,
                value -> perHost = value,
                "The most requests to one origin (scheme, host and port) at a time.");
        syntax.value(
                "--per-host-rate",
                "N/s",
                Rate.class,
                value -> perHostRate = value,
                "The most requests to one origin that start in a second (/m, /h).");
        syntax.value(
                "--max-pause",
                "D",
                Duration.class,
                value -> maxPause = value,
                "The longest time an origin is left alone because of its Retry-After. Default: ${DEFAULT-VALUE}.");
        syntax.value(
                "--max-size",
                "SIZE",
                String.class,
                value -> maxSize = value,
                "The longest body that is accepted, such as 500k, 10M or 2G.");
        syntax.value(
                "--idle-timeout",
                "D",
                Duration.class,
                value -> idle = value,
                "How long a server may be silent, before its answer and in the middle of it.");
        syntax.value(
                "--min-rate",
                "SIZE",
                String.class,
                value -> minRate = value,
                "The least that must come in a second, over ten seconds, such as 10k.");
        syntax.value(
                "--bandwidth",
                "SIZE",
                String.class,
                value -> bandwidth = value,
                "The most that comes in a second, of all bodies together, such as 2M.");
        syntax.flag(
                "--compressed",
                on -> compressed = on,
                "Tell servers that bodies may come compressed (gzip, deflate, br, zstd), and unpack them.");
        syntax.value(
                "--max-ratio",
                "N",
                Integer.class,
                value -> maxRatio = value,
                "How many times its length a compressed body may unpack to. Default: ${DEFAULT-VALUE}.");
        syntax.value(
                "--segments",
                "N",
                Integer.class,
                value -> segments = value,
                "Fetch a long body in up to N ranges at a time, of at least 8 MiB each, where the server takes"
                        + " ranges. Needs -o.");
    }

    FetchLimits bounds(int maxRedirects, boolean saves) {
        if (segments < 1 || segments > MOST_SEGMENTS) {
            throw CommandFailure.usage("--segments is from 1 to " + MOST_SEGMENTS + ", not " + segments);
        }
        if (segments > 1 && !saves) {
            throw CommandFailure.usage("--segments is about files: name a folder with -o");
        }
        if (maxRatio < 1) {
            throw CommandFailure.usage("--max-ratio is at least 1, not " + maxRatio);
        }
        long most = maxSize == null ? FetchLimits.DEFAULT.maxBytes() : size("--max-size", maxSize);
        TransferRates flow = new TransferRates(
                Optional.ofNullable(idle), aSecond("--min-rate", minRate), aSecond("--bandwidth", bandwidth));
        return new FetchLimits(maxRedirects, most, flow, compressed ? maxRatio : 0, segments);
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
