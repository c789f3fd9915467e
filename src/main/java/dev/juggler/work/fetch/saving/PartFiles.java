package dev.juggler.work.fetch.saving;

import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The part files of a run, and what becomes of those whose body broke off. Safe for use by several threads; its methods
 * block, but for {@link #takePartial} where nothing is kept for the next run.
 */
public final class PartFiles {
    /** Beginnings that are kept for the next try of their input; the oldest goes when there are more. */
    private static final int MOST = 10_000;

    private final DownloadFolder folder;
    private final PartialBodyPolicy resume;
    private final SequencedMap<String, PartFile> left = new LinkedHashMap<>();

    public PartFiles(DownloadFolder folder, PartialBodyPolicy resume) {
        this.folder = folder;
        this.resume = resume;
    }

    /** Returns whether beginnings are kept at all. */
    public boolean resumes() {
        return resume != PartialBodyPolicy.NEVER;
    }

    /** Returns whether beginnings outlast the run. */
    public boolean outlastRun() {
        return resume == PartialBodyPolicy.NEXT_RUN;
    }

    /** What an earlier try of this input left, which is the caller's from now on; null when there is nothing. */
    public PartFile takePartial(String key) throws IOException {
        return switch (resume) {
            case NEVER -> null;
            case NEXT_TRY -> {
                synchronized (left) {
                    yield left.remove(key);
                }
            }
            case NEXT_RUN -> ResumablePart.take(folder.path(""), nameOf(key), false);
        };
    }

    /** One for a body that begins. */
    public PartFile create(String key) throws IOException {
        PartFile lasting = outlastRun() ? ResumablePart.take(folder.path(""), nameOf(key), true) : null;
        return lasting != null ? lasting : new PartFile(folder.newPart());
    }

    /** Takes back one whose body is not whole: it is kept where a later try can add to it. */
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

    /** Gives back one that there is no room for, or null. */
    private PartFile keep(String key, PartFile part) {
        synchronized (left) {
            PartFile other = left.put(key, part);
            return other == null && left.size() > MOST ? left.pollFirstEntry().getValue() : other;
        }
    }

    private static String nameOf(String key) {
        byte[] digest = Checksum.sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        return ".juggler-" + HexFormat.of().formatHex(digest, 0, 16);
    }

    /** Removes what no later try has asked for. */
    public void close() throws IOException {
        synchronized (left) {
            for (PartFile part : left.values()) {
                part.delete();
            }
            left.clear();
        }
    }
}
