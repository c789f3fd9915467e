package dev.juggler.work.fetch.saving;

import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The part files of a run, including those of incomplete bodies. Safe for use by several threads; its methods block,
 * except {@link #takePartial} when nothing is kept for the next run.
 */
public final class PartFiles {
    /** Maximum number of incomplete bodies kept for a retry; beyond that the oldest is deleted. */
    private static final int MAX_PARTIAL = 10_000;

    private final DownloadFolder folder;
    private final PartialBodyPolicy resume;
    private final SequencedMap<String, PartFile> partial = new LinkedHashMap<>();

    public PartFiles(DownloadFolder folder, PartialBodyPolicy resume) {
        this.folder = folder;
        this.resume = resume;
    }

    /** Returns whether incomplete bodies are kept at all. */
    public boolean resumes() {
        return resume != PartialBodyPolicy.NEVER;
    }

    /** Returns whether incomplete bodies are kept for the next run. */
    public boolean outlastRun() {
        return resume == PartialBodyPolicy.NEXT_RUN;
    }

    /** Hands over the incomplete body of an earlier attempt at this input; null when there is none. */
    public @Nullable PartFile takePartial(String key) throws IOException {
        return switch (resume) {
            case NEVER -> null;
            case NEXT_TRY -> {
                synchronized (partial) {
                    yield partial.remove(key);
                }
            }
            case NEXT_RUN -> ResumablePart.take(folder.path(""), nameOf(key), false);
        };
    }

    /** Creates a part file for a new body. */
    public PartFile create(String key) throws IOException {
        PartFile lasting = outlastRun() ? ResumablePart.take(folder.path(""), nameOf(key), true) : null;
        return lasting != null ? lasting : new PartFile(folder.newPart());
    }

    /** Takes back a part file whose body is incomplete; it is kept if a later attempt can resume it. */
    public void release(String key, PartFile part) throws IOException {
        if (resume == PartialBodyPolicy.NEVER || !part.isResumable()) {
            part.delete();
            return;
        }
        part.close();
        if (resume == PartialBodyPolicy.NEXT_TRY) {
            PartFile surplus = keep(key, part);
            if (surplus != null) {
                surplus.delete();
            }
        }
    }

    /** Keeps a part file; returns one that was evicted, or null. */
    private @Nullable PartFile keep(String key, PartFile part) {
        synchronized (partial) {
            PartFile other = partial.put(key, part);
            if (other != null || partial.size() <= MAX_PARTIAL) {
                return other;
            }
            Map.Entry<String, PartFile> oldest = partial.pollFirstEntry();
            return oldest == null ? null : oldest.getValue();
        }
    }

    private static String nameOf(String key) {
        byte[] digest = Checksum.sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        return ".juggler-" + HexFormat.of().formatHex(digest, 0, 16);
    }

    /** Deletes the part files that no later attempt resumed. */
    public void close() throws IOException {
        synchronized (partial) {
            for (PartFile part : partial.values()) {
                part.delete();
            }
            partial.clear();
        }
    }
}
