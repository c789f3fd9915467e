package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies lists that can be read only once: standard input and pipes. Closing it deletes the copies. */
public final class InputSpool implements AutoCloseable {
    private static final long MAX_BYTES = 1L << 30;
    private final List<Path> copies = new ArrayList<>();

    /** Makes these options read copies of such lists. */
    public void replaceIn(InputOptions lists) {
        lists.replace(this::readable);
    }

    private String readable(String list) {
        try {
            if (list.equals("-")) {
                return copy(System.in, "standard input");
            }
            Path file = Path.of(list);
            if (Files.isRegularFile(file) || Files.isDirectory(file) || Files.notExists(file)) {
                // Errors are reported when it is opened.
                return list;
            }
            try (InputStream in = Files.newInputStream(file)) {
                return copy(in, list);
            }
        } catch (NoSuchFileException e) {
            return list;
        } catch (IOException e) {
            throw CommandFailure.usage("cannot copy the list '" + list + "': " + e.getMessage(), e);
        }
    }

    private String copy(InputStream in, String name) throws IOException {
        Path copy = Files.createTempFile("juggler-inputs-", ".list");
        copies.add(copy);
        try (OutputStream out = Files.newOutputStream(copy)) {
            byte[] piece = new byte[1 << 16];
            long length = 0;
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                length += n;
                if (length > MAX_BYTES) {
                    throw CommandFailure.usage(name + " is larger than 1 GiB, too large to be copied for several runs;"
                            + " write it to a file and name that with -i");
                }
                out.write(piece, 0, n);
            }
        }
        return copy.toString();
    }

    @Override
    public void close() throws IOException {
        for (Path copy : copies) {
            Files.deleteIfExists(copy);
        }
    }
}
