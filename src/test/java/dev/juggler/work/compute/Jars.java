package dev.juggler.work.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Compiles classes and jars for tests. */
public final class Jars {
    private Jars() {}

    /** Compiles a class without a package into a new folder. */
    public static Path folder(Path parent, String className, String text) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(className + "-classes"));
        Path source = Files.writeString(folder.resolve(className + ".java"), text);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        assertEquals(0, status, "compiles");
        return folder;
    }

    /** Compiles a class without a package into a jar. */
    public static Path jar(Path parent, String className, String text) throws IOException {
        Path folder = folder(parent, className, text);
        Path jar = parent.resolve(className + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(className + ".class"));
            Files.copy(folder.resolve(className + ".class"), out);
        }
        return jar;
    }
}
