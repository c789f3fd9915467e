package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Creates certificates with the JDK's keytool, in PEM files of a folder: {@code NAME.pem} and {@code NAME.key}. */
record TestCertificates(Path folder) {
    private static final String PASSWORD = "secret";

    /** Creates a self-signed certificate; extensions in keytool's syntax, such as {@code -ext san=ip:127.0.0.1}. */
    TestCertificates selfSigned(String name, String... options) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-keypass", PASSWORD));
        words.addAll(List.of(options));
        keytool(name, words);
        return write(name);
    }

    /** Creates a certificate signed by another of the folder. */
    TestCertificates signed(String name, String authority, String... options) throws Exception {
        selfSigned(name);
        keytool(name, List.of("-certreq", "-alias", name, "-file", path(name + ".csr")));
        List<String> sign = new ArrayList<>(List.of(
                "-gencert",
                "-rfc",
                "-alias",
                authority,
                "-infile",
                path(name + ".csr"),
                "-outfile",
                path(name + ".pem")));
        sign.addAll(List.of(options));
        keytool(authority, sign);
        return this;
    }

    private TestCertificates write(String name) throws Exception {
        keytool(name, List.of("-exportcert", "-rfc", "-alias", name, "-file", path(name + ".pem")));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        Files.writeString(
                folder.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        return this;
    }

    private void keytool(String store, List<String> words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(words);
        command.addAll(List.of("-keystore", path(store + ".p12"), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
    }

    String path(String file) {
        return folder.resolve(file).toString();
    }
}
