package dev.juggler.node;

import dev.juggler.client.JobRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A job as it lies on disk.
 *
 * @param schema the version of this file
 * @param id the service's name for it
 * @param submitted when it was accepted, ISO 8601
 * @param epoch how often it has been begun or taken over, from 1
 * @param request what was asked for
 */
record StoredJob(int schema, String id, String submitted, int epoch, JobRequest request) {
    static final int SCHEMA = 1;
    private static final int ID_BYTES = 10;

    /** A job that is new. Its id follows from the client's key, so that every node knows a second submit of it. */
    static StoredJob of(JobRequest request, Instant now) {
        return new StoredJob(SCHEMA, id(request.key()), now.toString(), 1, request);
    }

    /** The id of the job with this key: 80 bits of its SHA-256, so that no two keys meet. */
    static String id(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    StoredJob withEpoch(int other) {
        return new StoredJob(schema, id, submitted, other, request);
    }
}
