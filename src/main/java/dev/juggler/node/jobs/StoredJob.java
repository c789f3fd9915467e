package dev.juggler.node.jobs;

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
 * @param deaths how many nodes died while they ran it, since it was submitted or requeued
 * @param request what was asked for
 */
public record StoredJob(int schema, String id, String submitted, int epoch, Integer deaths, JobRequest request) {
    static final int SCHEMA = 1;

    /** A job that so many nodes died with is set aside. */
    static final int POISON = 3;

    private static final int ID_BYTES = 10;

    public StoredJob {
        deaths = deaths == null ? Integer.valueOf(0) : deaths;
    }

    /** A job that is new. Its id follows from the client's key, so that every node knows a second submit of it. */
    static StoredJob of(JobRequest request, Instant now) {
        return new StoredJob(SCHEMA, id(request.key()), now.toString(), 1, 0, request);
    }

    /** The id of the job with this key: 80 bits of its SHA-256, so that no two keys meet. */
    public static String id(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public StoredJob withEpoch(int other) {
        return new StoredJob(schema, id, submitted, other, deaths, request);
    }

    /** The same after another node has died with it. */
    StoredJob afterDeath() {
        return new StoredJob(schema, id, submitted, epoch, deaths + 1, request);
    }

    /** The same with nothing held against it. */
    StoredJob cleared() {
        return new StoredJob(schema, id, submitted, epoch, 0, request);
    }

    /** Whether it is too likely that the next node would die with it too. */
    boolean isPoison() {
        return deaths >= POISON;
    }
}
