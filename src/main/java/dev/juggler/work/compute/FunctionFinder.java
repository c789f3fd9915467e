package dev.juggler.work.compute;

import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.NearestName;
import dev.juggler.work.compute.builtin.BuiltIn;
import dev.juggler.work.compute.function.PreparedFunction;
import dev.juggler.work.compute.function.TaskFunction;
import dev.juggler.work.compute.user.ClassPath;
import dev.juggler.work.compute.user.FunctionName;
import dev.juggler.work.compute.user.MethodChooser;
import dev.juggler.work.compute.user.MethodFunction;
import dev.juggler.work.compute.user.SourceCompiler;
import dev.juggler.work.compute.user.UserExit;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.util.Optional;

/** Resolves the function that a spec names: a built-in one, one in a source file, or one in a class. */
final class FunctionFinder {
    private FunctionFinder() {}

    static PreparedFunction find(ComputeSpec spec, UserExit exit) {
        Optional<BuiltIn> builtIn = BuiltIn.named(spec.function());
        if (builtIn.isPresent()) {
            TaskFunction function = builtIn.get().function();
            return () -> function;
        }
        FunctionName name = FunctionName.parse(spec.function());
        ClassPath classPath = ClassPath.of(spec.classpath());
        URLClassLoader loader = classPath.newLoader(exit);
        try {
            Class<?> type = name.isSource()
                    ? compiled(name, spec, classPath, loader, exit)
                    : loaded(name.owner(), classPath, loader);
            return userFunction(type, name, loader);
        } catch (RuntimeException e) {
            MethodFunction.close(loader);
            throw e;
        }
    }

    private static Class<?> compiled(
            FunctionName name, ComputeSpec spec, ClassPath classPath, ClassLoader parent, UserExit exit) {
        String source = spec.source().or(name::readSource).orElseThrow();
        return SourceCompiler.compile(name.fileName(), source, classPath).load(parent, exit);
    }

    private static Class<?> loaded(String name, ClassPath classPath, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw classPath.isEmpty() && name.indexOf('.') < 0
                    ? unknown(name)
                    : InvalidWorkException.usage("there is no class " + name + " on the class path "
                            + (classPath.isEmpty() ? "(none was given: use --classpath)" : classPath));
        } catch (LinkageError e) {
            throw unloadable(name, e);
        }
    }

    private static PreparedFunction userFunction(Class<?> type, FunctionName name, URLClassLoader loader) {
        try {
            Method method = MethodChooser.choose(type, name.method());
            return MethodFunction.of(method, type, loader);
        } catch (LinkageError e) {
            throw unloadable(type.getName(), e);
        }
    }

    private static InvalidWorkException unloadable(String name, LinkageError error) {
        return InvalidWorkException.usage(
                "class " + name + " cannot be loaded: " + error.getClass().getSimpleName() + ": " + error.getMessage());
    }

    private static InvalidWorkException unknown(String name) {
        String hint = NearestName.to(name, BuiltIn.names())
                .map(near -> "did you mean " + near + "? ")
                .orElse("");
        return InvalidWorkException.usage("unknown function '" + name + "': " + hint + "Built in are "
                + String.join(", ", BuiltIn.names())
                + "; or give a Java source file (Square.java), or a class name with --classpath");
    }
}
