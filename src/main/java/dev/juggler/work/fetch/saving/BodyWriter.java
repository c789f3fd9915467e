package dev.juggler.work.fetch.saving;

import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.ContentDecoder;
import dev.juggler.work.fetch.http.InvalidBodyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * One body on its way to where it is wanted: through its checks, and into a part file when it is to be saved. Used by
 * one thread at a time; its methods block.
 */
public final class BodyWriter {
    private final PartFile part;
    private final MessageDigest sha256;
    private final Checksum checksum;
    private final MessageDigest other;
    private final ContentDecoder decoder;
    private boolean begun;
    private long size;

    /**
     * A body of which nothing came yet.
     *
     * @param part where it goes, with the beginning that it already holds; null when it is only checked
     * @param digest whether its SHA-256 is to be told
     * @param checksum what it is to add up to, or null
     */
    public BodyWriter(PartFile part, boolean digest, Checksum checksum) {
        this(part, digest, checksum, null);
    }

    /**
     * The same for a body that is unpacked first: {@code unpacking} makes what does it, out of where it puts the bytes.
     */
    public BodyWriter(
            PartFile part,
            boolean digest,
            Checksum checksum,
            Function<ContentDecoder.Output, ContentDecoder> unpacking) {
        this.part = part;
        this.decoder = unpacking == null ? null : unpacking.apply(this::take);
        this.checksum = checksum;
        boolean sameDigest = checksum != null && checksum.algorithm().equals("SHA-256");
        this.sha256 = digest || sameDigest ? Checksum.sha256() : null;
        this.other = checksum == null || sameDigest ? null : checksum.newDigest();
        this.size = part == null ? 0 : part.length();
    }

    /** Where it goes, or null. */
    PartFile part() {
        return part;
    }

    /** How many bytes of the body there are, with those from a try before. */
    public long size() {
        return size;
    }

    public void write(BodyChunk batch) throws IOException {
        begin();
        if (decoder == null) {
            take(batch);
        } else {
            decoder.write(batch);
        }
    }

    private void take(BodyChunk batch) throws IOException {
        update(sha256, batch);
        update(other, batch);
        if (part != null) {
            for (ByteBuffer piece : batch.pieces()) {
                part.append(piece);
            }
        }
        size += batch.length();
    }

    /** What is there already is part of what is digested. */
    private void begin() throws IOException {
        if (!begun && size > 0) {
            for (MessageDigest digest : new MessageDigest[] {sha256, other}) {
                if (digest != null) {
                    part.digest(digest);
                }
            }
        }
        begun = true;
    }

    private static void update(MessageDigest digest, BodyChunk batch) {
        if (digest != null) {
            batch.pieces().forEach(digest::update);
        }
    }

    /**
     * Says that all of it has been written.
     *
     * @return its SHA-256; null when nobody asked for it
     * @throws InvalidBodyException when it is not what it is to be
     */
    public byte[] finish() throws IOException {
        begin();
        if (decoder != null) {
            decoder.finish();
        }
        byte[] digest = sha256 == null ? null : sha256.digest();
        if (checksum != null) {
            checksum.check(other == null ? digest : other.digest());
        }
        return digest;
    }

    /** Lets go of what works for it; no more of the body comes. */
    public void abort() {
        if (decoder != null) {
            decoder.abort();
        }
    }

    public static String hex(byte[] digest) {
        return digest == null ? null : HexFormat.of().formatHex(digest);
    }
}
