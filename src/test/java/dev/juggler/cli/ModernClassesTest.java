package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModernClassesTest {
    @TempDir
    private Path folder;

    @Test
    void bringsEveryClassOfPicocliToAVersionThatTheAotCacheTakes() throws Exception {
        Path jar = copyOfPicocli();
        List<String> names = names(jar);
        assertTrue(oldest(jar) < ClassFile.JAVA_6_VERSION, "picocli is new enough by now: ModernClasses can go");

        ModernClasses.rewrite(jar);

        assertEquals(names, names(jar));
        assertTrue(oldest(jar) >= ClassFile.JAVA_6_VERSION);
    }

    @Test
    void theClassesPassTheVerifier() throws Exception {
        Path jar = copyOfPicocli();
        ModernClasses.rewrite(jar);

        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, platform)) {
            List<String> classes = names(jar).stream()
                    .filter(name -> name.startsWith("picocli/CommandLine") && name.endsWith(".class"))
                    .map(name -> name.replace('/', '.').replaceFirst("\\.class$", ""))
                    .toList();
            assertFalse(classes.isEmpty());
            for (String name : classes) {
                Class.forName(name, true, loader);
            }
        }
    }

    private Path copyOfPicocli() throws Exception {
        Path picocli = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Files.copy(picocli, folder.resolve("picocli.jar"));
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).toList();
        }
    }

    private static int oldest(Path jar) throws IOException {
        List<Integer> versions = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    byte[] bytes = file.getInputStream(entry).readAllBytes();
                    versions.add(ClassFile.of().parse(bytes).majorVersion());
                }
            }
        }
        return versions.stream().min(Integer::compare).orElseThrow();
    }
}
