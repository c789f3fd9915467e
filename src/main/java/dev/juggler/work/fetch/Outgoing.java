package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.Header;
import java.util.List;

/**
 * One request as it goes out.
 *
 * @param headers all that are sent but Host and those that say how long the body is
 * @param body never changed after construction, or null
 */
@SuppressWarnings("ArrayRecordComponent")
record Outgoing(Target target, String method, List<Header> headers, byte[] body) {}
