package dev.juggler.work.exec;

import dev.juggler.job.Value.Output;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in the job's folder for one output stream of one program. It is created when the program starts. */
record NamedOutputFile(ProgramOutputFolder folder, Path path) implements ProgramOutputFile {

    static NamedOutputFile in(ProgramOutputFolder folder, String name) throws IOException {
        return new NamedOutputFile(folder, folder.file(name));
    }

    @Override
    public Output collect() throws IOException {
        if (Files.size(path) == 0) {
            Files.delete(path);
            return Output.EMPTY;
        }
        byte[] bytes;
        // Not a channel, because a late interrupt would close it.
        try (InputStream in = new FileInputStream(path.toFile())) {
            bytes = in.readNBytes(folder.memoryLimit());
        }
        long length = Files.size(path);
        if (length > bytes.length) {
            return new Output(
                    bytes, length, folder.keep(path.getFileName().toString()).toString());
        }
        Files.delete(path);
        return new Output(bytes, bytes.length, null);
    }
}
