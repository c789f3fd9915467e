package dev.juggler.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarMergerTest {
    private static final String SERVICE = "META-INF/services/some.Service";

    @TempDir
    private Path folder;

    @Test
    void holdsWhatIsInAllJarsOfTheClassPathAndTheFirstOfAName() throws Exception {
        Files.createDirectory(folder.resolve("lib"));
        jar("lib/a.jar", null, Map.of("only-a", "a", "both", "a", "META-INF/maven/pom.xml", "a"));
        jar("lib/b.jar", null, Map.of("only-b", "b", "both", "b", "module-info.class", "b"));
        Path jar = jar("app.jar", "lib/a.jar lib/b.jar", Map.of("own", "app"));

        JarMerger.make(jar);

        assertEquals(Map.of("own", "app", "only-a", "a", "only-b", "b", "both", "a"), contents(jar));
    }

    @Test
    void listsTheServicesOfAll() throws Exception {
        jar("a.jar", null, Map.of(SERVICE, "a.One"));
        jar("b.jar", null, Map.of(SERVICE, "b.Two"));
        Path jar = jar("app.jar", "a.jar b.jar", Map.of());

        JarMerger.make(jar);

        assertEquals(
                List.of("a.One", "b.Two"), contents(jar).get(SERVICE).lines().toList());
    }

    @Test
    void keepsTheLicensesOfAll() throws Exception {
        jar("a-1.jar", null, Map.of("META-INF/LICENSE", "a", "META-INF/NOTICE.txt", "of a", "some/LICENSE", "a"));
        jar("b-2.jar", null, Map.of("META-INF/LICENSE", "b", "LICENSE-part.txt", "of b"));
        Path jar = jar("app.jar", "a-1.jar b-2.jar", Map.of("META-INF/LICENSE", "app"));

        JarMerger.make(jar);

        assertEquals(
                Map.of(
                        "META-INF/LICENSE", "app",
                        "META-INF/licenses/a-1/LICENSE", "a",
                        "META-INF/licenses/a-1/NOTICE.txt", "of a",
                        "some/LICENSE", "a",
                        "META-INF/licenses/b-2/LICENSE", "b",
                        "META-INF/licenses/b-2/LICENSE-part.txt", "of b"),
                contents(jar));
    }

    @Test
    void leavesOutTheServiceThatHasEveryVertxLoadHazelcast() throws Exception {
        String provider = "META-INF/services/" + VertxServiceProvider.class.getName();
        String manager = HazelcastClusterManager.class.getName();
        jar("alone.jar", null, Map.of(provider, manager + "\n"));
        jar("beside.jar", null, Map.of(SERVICE, "a.One\n" + manager + "\na.Two"));
        Path jar = jar("app.jar", "alone.jar beside.jar", Map.of());

        JarMerger.make(jar);

        assertEquals(Map.of(SERVICE, "a.One\na.Two\n"), contents(jar));
    }

    @Test
    void keepsTheManifestButForTheClassPath() throws Exception {
        jar("a.jar", null, Map.of());
        Path jar = jar("app.jar", "a.jar", Map.of());

        JarMerger.make(jar);

        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes attributes = file.getManifest().getMainAttributes();
            assertEquals("some.Main", attributes.getValue(Attributes.Name.MAIN_CLASS));
            assertNull(attributes.getValue(Attributes.Name.CLASS_PATH));
        }
    }

    private Path jar(String name, String classPath, Map<String, String> entries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "some.Main");
        if (classPath != null) {
            attributes.put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue().getBytes());
            }
        }
        return jar;
    }

    private static Map<String, String> contents(Path jar) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    contents.put(
                            entry.getName(),
                            new String(file.getInputStream(entry).readAllBytes()));
                }
            }
        }
        return contents;
    }
}
