package dev.juggler.job;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The fingerprint of a job's work, by which a journal is only resumed with the same work. Inputs, model and limits are
 * not part of it: a list may grow, and a run may be resumed under another model.
 */
public final class WorkFingerprint {
    private WorkFingerprint() {}

    /** {@code sha256:} and 64 hexadecimal digits over the identity of the work. */
    public static String of(WorkSpec work) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // A one-way digest, because the texts of a command may be confidential.
            write(
                    work.identity(),
                    new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a digest does not fail", e);
        }
    }

    /** Writes each text after its length, so that {@code ["a, b"]} and {@code ["a", "b"]} differ. */
    private static void write(Object part, DataOutputStream out) throws IOException {
        switch (part) {
            case Record fields -> writeFields(fields, out);
            case Optional<?> optional -> write(optional.stream().toList(), out);
            case List<?> list -> {
                out.writeInt(list.size());
                for (Object element : list) {
                    write(element, out);
                }
            }
            default -> {
                byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        }
    }

    private static void writeFields(Record fields, DataOutputStream out) throws IOException {
        write(fields.getClass().getSimpleName(), out);
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            write(component.getName(), out);
            write(value(component, fields), out);
        }
    }

    private static Object value(RecordComponent component, Record fields) {
        try {
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the fields of a public record are readable", e);
        }
    }
}
