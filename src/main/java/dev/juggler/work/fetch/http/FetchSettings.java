package dev.juggler.work.fetch.http;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits of an exchange besides those of the job.
 *
 * @param connectTimeout maximum duration of connecting, from the name lookup to the end of the TLS handshake
 * @param maxHeaderBytes maximum length of a response header
 * @param rateWindow interval over which a body's rate is measured when the job sets a minimum
 * @param minSegmentBytes minimum length of the segments that a body is split into
 */
public record FetchSettings(Duration connectTimeout, int maxHeaderBytes, Duration rateWindow, long minSegmentBytes) {

    /** Ten seconds to connect, headers of 64 KiB, rates over ten seconds, segments of 8 MiB. */
    public static final FetchSettings DEFAULT =
            new FetchSettings(Duration.ofSeconds(10), 1 << 16, Duration.ofSeconds(10), 8 << 20);

    /** Creates settings with segments of at least 8 MiB. */
    public FetchSettings(Duration connectTimeout, int maxHeaderBytes, Duration rateWindow) {
        this(connectTimeout, maxHeaderBytes, rateWindow, DEFAULT.minSegmentBytes);
    }

    /** Creates settings with rates over ten seconds and segments of at least 8 MiB. */
    public FetchSettings(Duration connectTimeout, int maxHeaderBytes) {
        this(connectTimeout, maxHeaderBytes, DEFAULT.rateWindow, DEFAULT.minSegmentBytes);
    }

    /** @throws IllegalArgumentException when a limit is not positive */
    public FetchSettings {
        Objects.requireNonNull(connectTimeout);
        if (connectTimeout.toMillis() < 1
                || connectTimeout.toMillis() > Integer.MAX_VALUE
                || maxHeaderBytes < 1
                || minSegmentBytes < 1) {
            throw new IllegalArgumentException(
                    "the connect timeout, the header limit and the minimum segment must be positive");
        }
    }
}
