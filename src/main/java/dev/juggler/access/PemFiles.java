package dev.juggler.access;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys in PEM, as openssl writes them. */
final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:[A-Z]+ )?)PRIVATE KEY-----([^-]*)-----END \\1PRIVATE KEY-----");

    /** The PKCS#8 prefix of an RSA key: version 0, the algorithm's identifier. */
    private static final byte[] RSA_PREFIX = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };

    private PemFiles() {}

    /**
     * Returns all certificates of a file, in order.
     *
     * @throws IllegalArgumentException when it cannot be read or has none
     */
    static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> found = new ArrayList<>();
        String text = text(file, "certificate");
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            int from = text.indexOf("-----BEGIN CERTIFICATE-----");
            if (from >= 0) {
                byte[] pem = text.substring(from).getBytes(StandardCharsets.US_ASCII);
                factory.generateCertificates(new ByteArrayInputStream(pem))
                        .forEach(each -> found.add((X509Certificate) each));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate file " + file + " is invalid: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the certificate file " + file + " contains no certificate in PEM");
        }
        return found;
    }

    /**
     * Returns the private key of a file.
     *
     * @throws IllegalArgumentException when it cannot be read, has none, or one of an unsupported kind
     */
    static PrivateKey privateKey(Path file) {
        Matcher found = KEY.matcher(text(file, "key"));
        if (!found.find()) {
            throw new IllegalArgumentException("the key file " + file + " contains no private key in PEM");
        }
        byte[] der = decode(found.group(2), file);
        return switch (found.group(1)) {
            case "" -> pkcs8(der, file);
            case "RSA " -> pkcs8(sequence(RSA_PREFIX, tagged(4, der)), file);
            default ->
                throw new IllegalArgumentException("the key file " + file + " is encrypted or in an old format; "
                        + "convert it with 'openssl pkcs8 -topk8 -nocrypt -in FILE -out NEWFILE'");
        };
    }

    private static String text(Path file, String kind) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the " + kind + " file " + file + ": " + FileErrorText.of(e), e);
        }
    }

    private static byte[] decode(String base64, Path file) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key file " + file + " is invalid: it is not base64", e);
        }
    }

    /** Parses a key of any algorithm: the bytes name it, but the JDK does not read it from them. */
    private static PrivateKey pkcs8(byte[] der, Path file) {
        for (String algorithm : List.of("RSA", "EC", "EdDSA", "DSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException another) {
                // Try the next algorithm.
            }
        }
        throw new IllegalArgumentException("the key file " + file + " is invalid, or of an unsupported kind");
    }

    private static byte[] sequence(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return tagged(0x30, both);
    }

    /** Encodes a value in DER: tag, length, bytes. */
    private static byte[] tagged(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (value.length < 128) {
            out.write(value.length);
        } else {
            out.write(0x82);
            out.write(value.length >> 8);
            out.write(value.length);
        }
        out.writeBytes(value);
        return out.toByteArray();
    }
}
