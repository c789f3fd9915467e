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

/**
 * A part file that a later run can go on with: its name follows from the input, and a note beside it says of which
 * version it is. It is locked while it is open, so that no two inputs, runs or processes write to one.
 */
final class ResumablePart extends PartFile {
    private static final Set<OpenOption> OPEN =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path note;

    private ResumablePart(Path path, Path note, FileChannel channel, long length, EntityVersion version) {
        super(path, channel, length, version);
        this.note = note;
    }

    /**
     * Takes hold of the part of this name.
     *
     * @param make whether it is made when it is not there
     * @return null when it is not there, or somebody else has it
     */
    static ResumablePart take(Path folder, String name, boolean make) throws IOException {
        Path path = folder.resolve(name + ".part");
        Path note = folder.resolve(name + ".json");
        Set<OpenOption> options = new HashSet<>(OPEN);
        if (make) {
            options.add(StandardOpenOption.CREATE);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(path, options);
        } catch (NoSuchFileException e) {
            return null;
        }
        // Whoever had it may have given it its final name meanwhile.
        if (!lock(channel) || Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            channel.close();
            return null;
        }
        return new ResumablePart(path, note, channel, channel.size(), versionIn(note));
    }

    /** The lock goes when the channel is closed. */
    @SuppressWarnings("try")
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static EntityVersion versionIn(Path note) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(note), EntityVersion.class);
        } catch (NoSuchFileException | JacksonException unreadable) {
            return EntityVersion.UNKNOWN;
        }
    }

    /** The old bytes go first and the new note comes before any new byte: no note ever stands beside others' bytes. */
    @Override
    public void begin(Supplier<EntityVersion> other) throws IOException {
        super.begin(other);
        describe(version());
    }

    /** The pieces have gaps: without a note nobody takes them for a beginning. */
    @Override
    public void beginSegments(long beginning) throws IOException {
        Files.deleteIfExists(note);
        super.beginSegments(beginning);
    }

    @Override
    public void endSegments(long beginning, EntityVersion other) throws IOException {
        super.endSegments(beginning, other);
        describe(other);
    }

    private void describe(EntityVersion other) throws IOException {
        if (other.isKnown()) {
            Files.write(note, JSON.writeValueAsBytes(other));
        } else {
            Files.deleteIfExists(note);
        }
    }

    /** Not before it has its final name: without the lock another could take it and write to what is final then. */
    @Override
    void letGo() {}

    @Override
    public void committed() throws IOException {
        super.committed();
        Files.deleteIfExists(note);
    }

    @Override
    public void delete() throws IOException {
        super.delete();
        Files.deleteIfExists(note);
    }
}
