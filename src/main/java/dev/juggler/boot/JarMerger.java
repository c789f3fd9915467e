package dev.juggler.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * Merges a jar and those of its class path into one, for quick starts: a lookup by name makes Java open all jars, and
 * sixty take three times as long as one with all of their entries. run.sh calls it after a build, for the copy that it
 * starts.
 */
final class JarMerger {
    private static final String META = "META-INF/";
    private static final String SERVICES = META + "services/";
    private static final Pattern LICENSE =
            Pattern.compile("(?:META-INF/)?[^/]*(?:LICEN[CS]E|NOTICE|COPYING)[^/]*", Pattern.CASE_INSENSITIVE);

    /** A service that makes every {@code Vertx.vertx()} load Hazelcast. Clustered code names the manager itself. */
    private static final String CLUSTER_MANAGER = "io.vertx.spi.cluster.hazelcast.HazelcastClusterManager";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final ClassFileUpgrader modern;

    private JarMerger(ClassFileUpgrader modern) {
        this.modern = modern;
    }

    /** Puts into this jar what is in those of its manifest's class path, in one step. */
    public static void main(String[] jar) throws IOException {
        make(Path.of(jar[0]));
    }

    static void make(Path jar) throws IOException {
        Manifest manifest = manifest(jar);
        List<Path> all = new ArrayList<>(List.of(jar));
        String others = (String) manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
        for (String other : others.split(" ")) {
            all.add(jar.resolveSibling(other));
        }
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        Path next = jar.resolveSibling(jar.getFileName() + ".next");
        try (URLClassLoader loader =
                new URLClassLoader(all.stream().map(JarMerger::url).toArray(URL[]::new))) {
            JarMerger one = new JarMerger(new ClassFileUpgrader(loader));
            one.add(jar, UnaryOperator.identity());
            for (Path library : all.subList(1, all.size())) {
                one.add(library, name -> inLibrary(library, name));
            }
            one.write(manifest, next);
        }
        Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Manifest manifest(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest();
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Path jar, UnaryOperator<String> rename) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().filter(JarMerger::counts).toList()) {
                add(rename.apply(entry.getName()), file.getInputStream(entry).readAllBytes());
            }
        }
    }

    /** Returns the name of a library's entry here. Each library's licence is kept, though they share a few names. */
    private static String inLibrary(Path library, String name) {
        if (!LICENSE.matcher(name).matches()) {
            return name;
        }
        String file = library.getFileName().toString();
        String folder = file.endsWith(".jar") ? file.substring(0, file.length() - ".jar".length()) : file;
        return META + "licenses/" + folder + "/" + (name.startsWith(META) ? name.substring(META.length()) : name);
    }

    /** Returns whether an entry is copied: those that describe their own jar, such as its manifest, are not. */
    private static boolean counts(JarEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && !name.equals(JarFile.MANIFEST_NAME)
                && !name.equals("module-info.class")
                && !name.endsWith("/module-info.class")
                && !name.startsWith("META-INF/maven/");
    }

    /** Adds an entry: the first of a name wins, as on a class path, except lists of services, which are merged. */
    private void add(String name, byte[] bytes) {
        if (name.startsWith(SERVICES)) {
            List<String> services = services(bytes);
            if (!services.isEmpty()) {
                entries.merge(name, bytesOf(services), JarMerger::join);
            }
        } else {
            entries.computeIfAbsent(name, key -> name.endsWith(".class") ? modern.rewrite(bytes) : bytes);
        }
    }

    private static List<String> services(byte[] lines) {
        return new String(lines, UTF_8)
                .lines()
                .filter(line -> !line.strip().equals(CLUSTER_MANAGER))
                .toList();
    }

    private static byte[] bytesOf(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static byte[] join(byte[] some, byte[] more) {
        byte[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private void write(Manifest manifest, Path jar) throws IOException {
        try (JarOutputStream out =
                new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)), manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
    }
}
