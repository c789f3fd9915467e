package dev.juggler.work.compute.user;

import dev.juggler.work.InvalidWorkException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a Java source file in memory, without writing files. */
public final class SourceCompiler {
    /** The error for a compact source file without a main method, which a function does not need. */
    private static final String NO_MAIN = "compiler.err.implicit.class.does.not.have.main.method";

    private static final int MAX_MESSAGE_LENGTH = 500;

    private static final String EMPTY_MAIN = "\nvoid main() {}\n";

    private final String fileName;
    private final ClassPath classPath;
    private final JavaCompiler compiler;

    private SourceCompiler(String fileName, ClassPath classPath, JavaCompiler compiler) {
        this.fileName = fileName;
        this.classPath = classPath;
        this.compiler = compiler;
    }

    /**
     * Compiles a source.
     *
     * @throws InvalidWorkException with file, line and cause, when it does not compile
     */
    public static CompiledClasses compile(String fileName, String source, ClassPath classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw InvalidWorkException.usage("this Java runtime has no compiler, which " + fileName
                    + " needs: use a JDK, or give a jar with --classpath");
        }
        return new SourceCompiler(fileName, classPath, compiler).compile(source);
    }

    private CompiledClasses compile(String source) {
        try (InMemoryFileManager files =
                new InMemoryFileManager(compiler.getStandardFileManager(null, Locale.ENGLISH, null))) {
            List<Diagnostic<? extends JavaFileObject>> errors = errors(source, files);
            if (errors.stream().anyMatch(error -> error.getCode().equals(NO_MAIN))) {
                errors = errors(source + EMPTY_MAIN, files);
            }
            if (!errors.isEmpty()) {
                throw InvalidWorkException.usage(text(errors));
            }
            return result(files);
        } catch (IOException e) {
            throw InvalidWorkException.usage("cannot compile " + fileName + ": " + e.getMessage());
        }
    }

    private CompiledClasses result(InMemoryFileManager files) {
        if (files.classes().isEmpty()) {
            throw InvalidWorkException.usage(fileName + " contains no class and no method");
        }
        return new CompiledClasses(fileName, files.classes());
    }

    private List<Diagnostic<? extends JavaFileObject>> errors(String source, InMemoryFileManager files) {
        DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
        // Without -sourcepath the compiler would also compile sources on the class path.
        List<String> options = List.of(
                "-proc:none", "-Xlint:none", "-sourcepath", "", "-classpath", classPath.withApplicationClassPath());
        boolean compiled = compiler.getTask(
                        null, files, collector, options, null, List.of(InMemoryFileManager.source(fileName, source)))
                .call();
        Predicate<Diagnostic<?>> isError = diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR;
        List<Diagnostic<? extends JavaFileObject>> errors =
                collector.getDiagnostics().stream().filter(isError).toList();
        if (!compiled && errors.isEmpty()) {
            throw InvalidWorkException.usage(fileName + " does not compile, and the compiler does not say why");
        }
        return errors;
    }

    private String text(List<Diagnostic<? extends JavaFileObject>> errors) {
        Diagnostic<?> first = errors.getFirst();
        String line = first.getLineNumber() == Diagnostic.NOPOS ? "" : ":" + first.getLineNumber();
        String message = shortened(first.getMessage(Locale.ENGLISH).strip().replaceAll("\\s*\\R\\s*", "; "));
        int more = errors.size() - 1;
        String rest = more == 0 ? "" : " (and " + more + (more == 1 ? " more error)" : " more errors)");
        return fileName + line + ": does not compile: " + message + rest;
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE_LENGTH ? message : message.substring(0, MAX_MESSAGE_LENGTH) + "…";
    }
}
