package dev.juggler.node.jobs;

import dev.juggler.client.JobRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A job as it is stored on disk.
 *
 * @param schema the version of the file format
 * @param id the service's name for the job
 * @param submitted the time of its acceptance, ISO 8601
 * @param epoch the number of times that it was submitted, requeued or taken over, from 1
 * @param deaths the nodes that died while they ran it, since it was submitted or requeued
 * @param request the request that it was submitted with
 */
public record StoredJob(int schema, String id, String submitted, int epoch, Integer deaths, JobRequest request) {
    static final int SCHEMA = 1;

    /** A job that so many nodes died with is not taken over again. */
    static final int POISON_DEATHS = 3;

    private static final int ID_BYTES = 10;

    public StoredJob {
        deaths = deaths == null ? Integer.valueOf(0) : deaths;
    }

    /** A new job. Its id follows from the client's key, so that every node recognizes a second submission. */
    static StoredJob of(JobRequest request, Instant now) {
        return new StoredJob(SCHEMA, id(request.key()), now.toString(), 1, 0, request);
    }

    /** The id of the job with this key: 80 bits of its SHA-256, so that no two keys collide. */
    public static String id(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** This job under another epoch. */
    public StoredJob withEpoch(int other) {
        return new StoredJob(schema, id, submitted, other, deaths, request);
    }

    /** This job after another node died with it. */
    StoredJob afterDeath() {
        return new StoredJob(schema, id, submitted, epoch, deaths + 1, request);
    }

    /** This job with its deaths forgotten. */
    StoredJob withoutDeaths() {
        return new StoredJob(schema, id, submitted, epoch, 0, request);
    }

    /** Returns whether so many nodes died with it that the next one probably would. */
    boolean isPoison() {
        return deaths >= POISON_DEATHS;
    }
}
