package dev.juggler.boot;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;

/**
 * Raises class files to a version that the JVM's AOT cache accepts. The cache leaves out classes compiled for Java 5,
 * as picocli's are, and loading those from their jar took most of a start.
 */
final class ClassFileUpgrader {
    private static final int OLDEST_ACCEPTED = ClassFile.JAVA_6_VERSION;
    private static final int VERSION = ClassFile.JAVA_11_VERSION;

    /** The offset of the major version in a class file. */
    private static final int MAJOR = 6;

    private final ClassFile classFiles;

    /** @param loader finds the classes that rewritten ones refer to */
    ClassFileUpgrader(ClassLoader loader) {
        classFiles = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
    }

    /**
     * The class in the newer version, with the stack maps that its verifier needs; a class that is new enough,
     * unchanged.
     */
    byte[] rewrite(byte[] bytes) {
        if (version(bytes) >= OLDEST_ACCEPTED) {
            return bytes;
        }
        ClassModel model = classFiles.parse(bytes);
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

    private static int version(byte[] bytes) {
        return (bytes[MAJOR] & 0xff) << 8 | bytes[MAJOR + 1] & 0xff;
    }
}
