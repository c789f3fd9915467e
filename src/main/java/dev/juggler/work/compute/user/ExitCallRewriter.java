package dev.juggler.work.compute.user;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a user's class so that calls of {@link System#exit}, {@link Runtime#exit} and {@link Runtime#halt}, and
 * method references to them, call {@link ForbiddenExit} instead. Calls by reflection and in native code are not
 * replaced.
 */
final class ExitCallRewriter {
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final ClassDesc REPLACEMENT =
            ForbiddenExit.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc STATUS = MethodTypeDesc.of(CD_void, CD_int);
    private static final MethodTypeDesc RUNTIME_AND_STATUS = MethodTypeDesc.of(CD_void, RUNTIME, CD_int);

    private final ClassFile classFiles;

    /**
     * Makes a rewriter.
     *
     * @param resources finds the class files that the rewritten ones refer to, by resource name; returns null for one
     *     that does not exist
     */
    ExitCallRewriter(Function<String, @Nullable InputStream> resources) {
        ClassHierarchyResolver resolver = ClassHierarchyResolver.ofResourceParsing(
                        (ClassDesc type) -> resources.apply(resourceName(type)))
                .orElse(ClassHierarchyResolver.ofClassLoading(ClassLoader.getPlatformClassLoader()));
        this.classFiles = ClassFile.of(ClassHierarchyResolverOption.of(resolver));
    }

    private static String resourceName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1) + ".class";
    }

    private enum ExitCall {
        SYSTEM_EXIT("java.lang.System", "exit", "systemExit", STATUS),
        RUNTIME_EXIT("java.lang.Runtime", "exit", "runtimeExit", RUNTIME_AND_STATUS),
        RUNTIME_HALT("java.lang.Runtime", "halt", "runtimeHalt", RUNTIME_AND_STATUS);

        private final ClassDesc owner;
        private final String name;
        private final String replacement;
        private final MethodTypeDesc replacementType;

        ExitCall(String owner, String name, String replacement, MethodTypeDesc replacementType) {
            this.owner = ClassDesc.of(owner);
            this.name = name;
            this.replacement = replacement;
            this.replacementType = replacementType;
        }

        /** Returns the exit call that a method reference resolves to, or empty when it is another method. */
        static Optional<ExitCall> of(ClassDesc owner, String name, String descriptor) {
            return Stream.of(values())
                    .filter(call -> call.name.equals(name)
                            && call.owner.equals(owner)
                            && STATUS.descriptorString().equals(descriptor))
                    .findFirst();
        }

        void invokeReplacement(CodeBuilder code) {
            code.invokestatic(REPLACEMENT, replacement, replacementType);
        }

        DirectMethodHandleDesc replacementHandle() {
            return MethodHandleDesc.ofMethod(
                    DirectMethodHandleDesc.Kind.STATIC, REPLACEMENT, replacement, replacementType);
        }
    }

    /**
     * Returns the class file with its exit calls replaced, or the same array when it has none.
     *
     * @throws ClassFormatError when the class file cannot be read
     */
    byte[] rewrite(byte[] classFile) {
        if (!mayExit(classFile)) {
            return classFile;
        }
        try {
            return transformed(classFile);
        } catch (IllegalArgumentException e) {
            throw new ClassFormatError("cannot replace the exit calls of a class file: " + e.getMessage());
        }
    }

    private byte[] transformed(byte[] classFile) {
        ClassModel model = classFiles.parse(classFile);
        ClassTransform transform = (builder, element) -> {
            if (element instanceof MethodModel method) {
                builder.transformMethod(method, MethodTransform.transformingCode(codeTransform()));
            } else {
                builder.with(element);
            }
        };
        return classFiles.transformClass(model, transform);
    }

    /**
     * Returns false when a class cannot contain an exit call. Class files store names as text, so most need no parsing.
     */
    private static boolean mayExit(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return (text.contains("java/lang/System") || text.contains("java/lang/Runtime"))
                && (text.contains("exit") || text.contains("halt"));
    }

    private static CodeTransform codeTransform() {
        return (code, element) -> {
            switch (element) {
                case InvokeInstruction call -> rewriteCall(code, call);
                case InvokeDynamicInstruction call -> code.invokedynamic(rewrittenSite(call));
                case CodeElement other -> code.with(other);
            }
        };
    }

    private static void rewriteCall(CodeBuilder code, InvokeInstruction call) {
        ExitCall.of(
                        call.owner().asSymbol(),
                        call.name().stringValue(),
                        call.type().stringValue())
                .ifPresentOrElse(exit -> exit.invokeReplacement(code), () -> code.with(call));
    }

    private static DynamicCallSiteDesc rewrittenSite(InvokeDynamicInstruction call) {
        ConstantDesc[] arguments = call.bootstrapArgs().stream()
                .map(ExitCallRewriter::rewrittenArgument)
                .toArray(ConstantDesc[]::new);
        return DynamicCallSiteDesc.of(call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), arguments);
    }

    private static ConstantDesc rewrittenArgument(ConstantDesc argument) {
        if (argument instanceof DirectMethodHandleDesc handle) {
            return ExitCall.of(handle.owner(), handle.methodName(), handle.lookupDescriptor())
                    .<ConstantDesc>map(ExitCall::replacementHandle)
                    .orElse(argument);
        }
        return argument;
    }
}
