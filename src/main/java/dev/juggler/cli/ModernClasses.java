package dev.juggler.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Brings the class files of a jar to a version that the JVM's AOT cache takes. It leaves out classes compiled for Java 5,
 * as picocli's are, and loading those from their jar was most of the time of a start. run.sh calls it after a build.
 */
final class ModernClasses {
    private static final int VERSION = ClassFile.JAVA_11_VERSION;

    private ModernClasses() {}

    /** Rewrites the jars that are named, each in one step. */
    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    static void rewrite(Path jar) throws IOException {
        Path next = jar.resolveSibling(jar.getFileName() + ".next");
        try (JarFile old = new JarFile(jar.toFile());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()});
                OutputStream out = Files.newOutputStream(next);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ClassFile classFiles = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
            Enumeration<JarEntry> entries = old.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                zip.putNextEntry(copy);
                byte[] content = old.getInputStream(entry).readAllBytes();
                zip.write(entry.getName().endsWith(".class") ? modern(classFiles, content) : content);
            }
        }
        Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The class in the newer version, with the stack maps that its verifier asks for; a newer one as it is. */
    private static byte[] modern(ClassFile classFiles, byte[] bytes) {
        var model = classFiles.parse(bytes);
        if (model.majorVersion() >= VERSION) {
            return bytes;
        }
        ClassTransform transform = (builder, element) -> {
            switch (element) {
                case ClassFileVersion _ -> builder.withVersion(VERSION, 0);
                case MethodModel method ->
                    builder.transformMethod(method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
                default -> builder.with(element);
            }
        };
        return classFiles.transformClass(model, transform);
    }
}
