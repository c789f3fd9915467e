package dev.juggler.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a journal knows a job's work by, so that a run is only resumed by the same work. Inputs, model and limits are no
 * part of it: a list may grow, and a run may be resumed under another model.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /** {@code sha256:} and 64 hexadecimal digits over every field of the work. */
    public static String of(WorkSpec work) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // The text of a record holds every component by name; a header's secret value is not to be read back.
            byte[] hash = digest.digest(work.toString().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
