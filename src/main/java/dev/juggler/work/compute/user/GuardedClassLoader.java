package dev.juggler.work.compute.user;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;

/** Loads classes from jars and folders with their exit calls replaced by an {@link ExitCallRewriter}. */
final class GuardedClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ExitCallRewriter rewriter = new ExitCallRewriter(this::getResourceAsStream);

    GuardedClassLoader(URL[] urls, ClassLoader parent) {
        super("juggler-classpath", urls, parent);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] original = classFile(name);
        if (original == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] rewritten = rewriter.rewrite(original);
        // An unchanged class is loaded by the superclass, which knows its signers, its package and its code source.
        return rewritten == original ? super.findClass(name) : defineClass(name, rewritten, 0, rewritten.length);
    }

    private byte[] classFile(String name) {
        try (InputStream in = resource(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read class " + name, e);
        }
    }

    private InputStream resource(String name) throws IOException {
        URL url = findResource(name.replace('.', '/') + ".class");
        return url == null ? null : url.openStream();
    }
}
