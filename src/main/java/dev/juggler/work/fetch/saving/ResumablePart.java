package dev.juggler.work.fetch.saving;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.work.fetch.http.EntityVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part file that a later run can resume: its name is derived from the input, and a metadata file beside it holds its
 * version. It is locked while it is open, so that no two inputs, runs or processes write to it.
 */
final class ResumablePart extends PartFile {
    private static final Set<OpenOption> OPEN =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path metadata;

    private ResumablePart(Path path, Path metadata, FileChannel channel, long length, EntityVersion version) {
        super(path, channel, length, version);
        this.metadata = metadata;
    }

    /**
     * Opens and locks the part file of this name.
     *
     * @param create whether to create it if it is missing
     * @return null when it is missing, or locked by another input or process
     */
    static @Nullable ResumablePart take(Path folder, String name, boolean create) throws IOException {
        Path path = folder.resolve(name + ".part");
        Path metadata = folder.resolve(name + ".json");
        Set<OpenOption> options = new HashSet<>(OPEN);
        if (create) {
            options.add(StandardOpenOption.CREATE);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(path, options);
        } catch (NoSuchFileException e) {
            return null;
        }
        // The previous owner of the lock may have given it its final name meanwhile.
        if (!lock(channel) || Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            channel.close();
            return null;
        }
        return new ResumablePart(path, metadata, channel, channel.size(), versionIn(metadata));
    }

    /** Locks the file until the channel is closed. */
    @SuppressWarnings("try")
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static EntityVersion versionIn(Path metadata) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(metadata), EntityVersion.class);
        } catch (NoSuchFileException | JacksonException unreadable) {
            return EntityVersion.UNKNOWN;
        }
    }

    /** Drops the old bytes first and writes the metadata before any new byte: it never describes other bytes. */
    @Override
    public void begin(Supplier<EntityVersion> other) throws IOException {
        super.begin(other);
        writeMetadata(version());
    }

    /** Deletes the metadata first: segments leave gaps, so the file must not be resumed as a beginning. */
    @Override
    public void beginSegments(long beginning) throws IOException {
        Files.deleteIfExists(metadata);
        super.beginSegments(beginning);
    }

    @Override
    public void endSegments(long beginning, EntityVersion other) throws IOException {
        super.endSegments(beginning, other);
        writeMetadata(other);
    }

    private void writeMetadata(EntityVersion other) throws IOException {
        if (other.isKnown()) {
            Files.write(metadata, JSON.writeValueAsBytes(other));
        } else {
            Files.deleteIfExists(metadata);
        }
    }

    /**
     * Keeps it open until it has its final name: without the lock another process could write to it after the rename.
     */
    @Override
    void closeBeforeRename() {}

    @Override
    public void committed() throws IOException {
        super.committed();
        Files.deleteIfExists(metadata);
    }

    @Override
    public void delete() throws IOException {
        super.delete();
        Files.deleteIfExists(metadata);
    }
}
