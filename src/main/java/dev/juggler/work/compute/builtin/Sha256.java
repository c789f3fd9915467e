package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.FilePart;
import dev.juggler.work.compute.function.TaskFailureException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** {@code sha256}: the SHA-256 digest of a file in lower-case hexadecimal. */
final class Sha256 {
    private Sha256() {}

    static Object call(Input input) throws TaskFailureException, InterruptedException {
        MessageDigest digest = newDigest();
        FilePart.whole(input)
                .read(in -> in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
