package dev.juggler.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ClassFileUpgraderTest {
    @Test
    void bringsEveryClassOfPicocliToAVersionThatTheAotCacheTakes() throws Exception {
        assertTrue(oldest(classes()) < ClassFile.JAVA_6_VERSION, "picocli is new enough by now: ModernClasses can go");
        assertTrue(oldest(rewritten()) >= ClassFile.JAVA_6_VERSION);
    }

    @Test
    void theClassesPassTheVerifier() throws Exception {
        Map<String, byte[]> rewritten = rewritten();
        ClassLoader loader = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = rewritten.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        List<String> parsers = rewritten.keySet().stream()
                .filter(name -> name.startsWith("picocli.CommandLine"))
                .toList();
        assertFalse(parsers.isEmpty());
        for (String name : parsers) {
            Class.forName(name, true, loader);
        }
    }

    @Test
    void leavesNewerClassesAsTheyAre() throws Exception {
        byte[] own = ClassFileUpgrader.class
                .getResourceAsStream("ClassFileUpgrader.class")
                .readAllBytes();
        assertSame(own, new ClassFileUpgrader(getClass().getClassLoader()).rewrite(own));
    }

    private static Map<String, byte[]> rewritten() throws Exception {
        ClassFileUpgrader modern = new ClassFileUpgrader(CommandLine.class.getClassLoader());
        Map<String, byte[]> classes = classes();
        classes.replaceAll((name, bytes) -> modern.rewrite(bytes));
        return classes;
    }

    /** Picocli's, by name. */
    private static Map<String, byte[]> classes() throws Exception {
        Path picocli = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, byte[]> classes = new HashMap<>();
        try (JarFile jar = new JarFile(picocli.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    String name = entry.getName().replace('/', '.').replaceFirst("\\.class$", "");
                    classes.put(name, jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        return classes;
    }

    private static int oldest(Map<String, byte[]> classes) {
        return classes.values().stream()
                .mapToInt(bytes -> ClassFile.of().parse(bytes).majorVersion())
                .min()
                .orElseThrow();
    }
}
