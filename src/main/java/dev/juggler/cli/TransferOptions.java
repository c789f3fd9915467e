package dev.juggler.cli;

import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Rate;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of fetch on how hard servers and the line are used. */
final class TransferOptions {
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

    PerGroup perHost() {
        if (perHost != null && perHost < 1) {
            throw CommandFailure.usage("--per-host is at least 1, not " + perHost);
        }
        return new PerGroup(Optional.ofNullable(perHost), Optional.ofNullable(perHostRate), maxPause);
    }
}
