package dev.juggler.work.fetch.saving;

import dev.juggler.job.TaskError;
import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.http.InvalidBodyException;
import dev.juggler.work.fetch.url.InvalidUrlException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The expected checksum of a body.
 *
 * @param algorithm the Java name of the algorithm
 * @param hex the digest in lower case
 */
public record Checksum(String algorithm, String hex) {
    private static final Map<String, String> KNOWN =
            Map.of("sha256", "SHA-256", "sha512", "SHA-512", "sha384", "SHA-384", "sha1", "SHA-1", "md5", "MD5");

    /**
     * Parses the name of an algorithm, with or without a dash, and a digest.
     *
     * @throws InvalidUrlException when the algorithm is unknown, or its digests have another length
     */
    public static Checksum parse(String name, String hex) throws InvalidUrlException {
        String java = KNOWN.get(plain(name));
        if (java == null) {
            throw new InvalidUrlException(
                    "unknown checksum algorithm '" + Excerpt.of(name) + "': use sha256, sha512, sha384, sha1 or md5");
        }
        Checksum checksum = new Checksum(java, hex.toLowerCase(Locale.ROOT));
        int digits = 2 * checksum.newDigest().getDigestLength();
        if (hex.length() != digits || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new InvalidUrlException("the " + name + " checksum '" + Excerpt.of(hex)
                    + "' is invalid: it must have " + digits + " hexadecimal digits");
        }
        return checksum;
    }

    /** Returns whether this is the name of a supported algorithm. */
    public static boolean isKnown(String name) {
        return KNOWN.containsKey(plain(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }

    public MessageDigest newDigest() {
        return digest(algorithm);
    }

    public static MessageDigest sha256() {
        return digest("SHA-256");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /**
     * Compares a digest with the expected one.
     *
     * @throws InvalidBodyException when they differ; a retry may receive the right bytes
     */
    void check(byte[] digest) throws InvalidBodyException {
        String found = HexFormat.of().formatHex(digest);
        if (!found.equals(hex)) {
            throw new InvalidBodyException(
                    TaskError.passing("checksum", "the " + algorithm + " of the body is " + found + ", not " + hex));
        }
    }
}
