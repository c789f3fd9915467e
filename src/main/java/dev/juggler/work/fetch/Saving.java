package dev.juggler.work.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * One body on its way into a file: written to a temporary file in the output folder, which gets its final name when all
 * of it is there. Whatever fails, {@link #discard} leaves nothing behind. Used by one thread at a time; its methods
 * block.
 */
final class Saving {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final OutputFolder folder;
    private final String name;
    private final MessageDigest digest;
    private Path part;
    private FileChannel channel;
    private long size;

    Saving(OutputFolder folder, String name, boolean digest) {
        this.folder = folder;
        this.name = name;
        this.digest = digest ? sha256() : null;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void write(Batch batch) throws IOException {
        open();
        if (digest != null) {
            digest.update(batch.bytes(), 0, batch.length());
        }
        ByteBuffer rest = ByteBuffer.wrap(batch.bytes(), 0, batch.length());
        while (rest.hasRemaining()) {
            size += channel.write(rest);
        }
    }

    private void open() throws IOException {
        if (channel == null) {
            Path path = folder.newPart();
            channel = FileChannel.open(path, NEW);
            part = path;
        }
    }

    /** Writes the last of the body and gives the file its final name. On failure nothing is left. */
    Saved commit(Batch last) throws IOException {
        try {
            write(last);
            channel.close();
            byte[] sha256 = digest == null ? null : digest.digest();
            String path = folder.commit(part, name, size, sha256);
            part = null;
            return new Saved(path, sha256 == null ? null : HexFormat.of().formatHex(sha256));
        } catch (IOException | RuntimeException e) {
            discard(e);
            throw e;
        }
    }

    /** Removes what was written; when even that fails, the reason joins the one that led here. */
    void discard(Throwable because) {
        try {
            if (channel != null) {
                channel.close();
            }
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
        part = null;
    }
}
