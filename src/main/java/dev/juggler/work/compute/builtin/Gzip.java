package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.AtomicFile;
import dev.juggler.work.compute.function.FilePart;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.JsonResults;
import dev.juggler.work.compute.function.TaskFailureException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * {@code gzip}: compresses a file into a file with the suffix {@code .gz} beside it, which it replaces, and keeps the
 * file itself. The same bytes give the same result, because it contains no time.
 */
final class Gzip {
    private static final int BUFFER = 1 << 16;

    private Gzip() {}

    static Object call(Input input) throws TaskFailureException, InterruptedException {
        FilePart file = FilePart.whole(input);
        if (file.path().toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            throw TaskFailureException.badInput(InputConversion.quoted(input) + " is already a .gz file");
        }
        Path target = file.path().resolveSibling(file.path().getFileName() + ".gz");
        long bytes = AtomicFile.write(
                target,
                out -> file.read(in -> {
                    try (GZIPOutputStream zipped = new GZIPOutputStream(out, BUFFER)) {
                        return in.transferTo(zipped);
                    }
                }));
        return JsonResults.object(Map.entry("path", target.toString()), Map.entry("bytes", bytes));
    }
}
