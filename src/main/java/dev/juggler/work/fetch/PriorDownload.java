package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.work.fetch.FetchPlan.SavingPlan;
import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.saving.BodyWriter;
import dev.juggler.work.fetch.saving.FileOrigin;
import dev.juggler.work.fetch.saving.PartFile;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;

/**
 * What earlier attempts and runs left of one body: a file under its name, a part to resume. Used by one thread at a
 * time; {@link #find}, {@link #resumePart} and {@link #release} block on files.
 */
final class PriorDownload {
    private final SavingPlan saving;
    private final String key;
    private final FetchInput input;
    private final String name;

    /** The origin of a file from before the run under the name, where the job asks for it; null otherwise. */
    private FileOrigin file;

    /** Null when there is none, or it was taken. */
    private PartFile part;

    /** Whether the server is not to be asked for the rest of the part: it did not fit. */
    private boolean withdrawn;

    /** @param name the file name that follows from the URL; null without a folder */
    PriorDownload(SavingPlan saving, String key, FetchInput input, String name) {
        this.saving = saving;
        this.key = key;
        this.input = input;
        this.name = name;
    }

    /** Whether {@link #find} reads the disk; otherwise it does not block. */
    boolean readsDisk() {
        return saving.savesFiles()
                && (saving.parts().outlastRun() || saving.policy().existing() != ExistingFilePolicy.FETCH);
    }

    /** Looks for what there is; true when it is all that is wanted. */
    boolean find() throws IOException {
        if (!saving.savesFiles()) {
            return false;
        }
        if (saving.policy().existing() != ExistingFilePolicy.FETCH) {
            BasicFileAttributes attributes = saving.folder().attributes(name);
            if (attributes != null && saving.folder().predatesRun(attributes)) {
                file = FileOrigin.read(
                        saving.folder().path(name), attributes, input.target().url());
                if (saving.policy().existing() == ExistingFilePolicy.SKIP && hasExpectedChecksum()) {
                    return true;
                }
            }
        }
        part = saving.parts().takePartial(key);
        return false;
    }

    private boolean hasExpectedChecksum() throws IOException {
        if (input.checksum() == null) {
            return true;
        }
        MessageDigest digest = input.checksum().newDigest();
        new PartFile(saving.folder().path(name)).digest(digest);
        return input.checksum().hex().equals(BodyWriter.hex(digest.digest()));
    }

    /** The path of the old file that is as good as a new body, or null. */
    String oldPath() {
        return file == null ? null : saving.folder().path(name).toString();
    }

    /** Whether a new body takes the place of the old file. */
    boolean isReplaced() {
        return file != null && saving.policy().existing() == ExistingFilePolicy.REFRESH && file.hasSameUrl();
    }

    /** Request headers with which only what is missing, or new, comes. */
    List<Header> conditions() {
        if (mayResume()) {
            return List.of(
                    new Header("range", "bytes=" + offset() + "-"),
                    new Header("if-range", part.version().ifRange()),
                    new Header("accept-encoding", "identity"));
        }
        return file != null && saving.policy().existing() == ExistingFilePolicy.REFRESH ? file.conditions() : List.of();
    }

    private boolean mayResume() {
        return !withdrawn && part != null && part.isResumable();
    }

    /** The first byte to ask for: the body's last at the latest, so that its version is checked in any case. */
    long offset() {
        long total = part.version().total();
        return total < 0 ? part.length() : Math.min(part.length(), total - 1);
    }

    /** The version of the part. */
    EntityVersion version() {
        return part.version();
    }

    /** Whether a partial response begins where the part ends, and both are of one version. */
    boolean isContinuedBy(ResponseHead head) {
        ContentRange range = ContentRange.of(head);
        return mayResume()
                && range != null
                && range.first() == offset()
                && range.total() > 0
                && (part.version().total() < 0 || part.version().total() == range.total())
                && (head.length() < 0 || head.length() == range.length())
                && part.version().matches(head);
    }

    /** Asks for the whole body from now on; false when that is what was asked for. */
    boolean withdraw() {
        boolean changed = mayResume();
        withdrawn = true;
        return changed;
    }

    boolean hasPart() {
        return part != null;
    }

    /** Gives away the part, with all it holds; null when there is none. */
    PartFile takePart() {
        PartFile taken = part;
        part = null;
        return taken;
    }

    /** Gives away the part, cut to where the response that continues it begins. */
    PartFile resumePart() throws IOException {
        part.truncate(offset());
        return takePart();
    }
}
