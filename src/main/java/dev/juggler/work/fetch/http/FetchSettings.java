package dev.juggler.work.fetch.http;

import java.time.Duration;
import java.util.Objects;

/**
 * What bounds an exchange besides the job's own limits.
 *
 * @param connectTimeout how long a connection may take, from the name lookup to the end of the TLS handshake
 * @param maxHeaderBytes the longest response header that is accepted
 * @param rateWindow over how long a body's rate is measured where there is a least one
 * @param leastSegment the shortest segment that a body is cut into, in bytes
 */
public record FetchSettings(Duration connectTimeout, int maxHeaderBytes, Duration rateWindow, long leastSegment) {

    /** Ten seconds for a connection, 64 KiB of header, rates over ten seconds, segments of 8 MiB. */
    public static final FetchSettings DEFAULT =
            new FetchSettings(Duration.ofSeconds(10), 1 << 16, Duration.ofSeconds(10), 8 << 20);

    /** Segments of 8 MiB. */
    public FetchSettings(Duration connectTimeout, int maxHeaderBytes, Duration rateWindow) {
        this(connectTimeout, maxHeaderBytes, rateWindow, DEFAULT.leastSegment);
    }

    /** Rates over ten seconds, segments of 8 MiB. */
    public FetchSettings(Duration connectTimeout, int maxHeaderBytes) {
        this(connectTimeout, maxHeaderBytes, DEFAULT.rateWindow, DEFAULT.leastSegment);
    }

    /** @throws IllegalArgumentException when a bound is not above zero */
    public FetchSettings {
        Objects.requireNonNull(connectTimeout);
        if (connectTimeout.toMillis() < 1
                || connectTimeout.toMillis() > Integer.MAX_VALUE
                || maxHeaderBytes < 1
                || leastSegment < 1) {
            throw new IllegalArgumentException("a connect timeout, a header limit and a segment are above zero");
        }
    }
}
