package dev.juggler.work.compute.user;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;

/** Loads classes from jars and folders, with exit calls replaced by an {@link ExitCallRewriter}. */
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
        URL url = findResource(name.replace('.', '/') + ".class");
        if (url == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] original = read(url);
        byte[] rewritten = rewriter.rewrite(original);
        // The superclass loads an unchanged class, because it knows the signers, the package and the code source.
        return rewritten == original ? super.findClass(name) : defineClass(name, rewritten, 0, rewritten.length);
    }

    private static byte[] read(URL url) {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + url, e);
        }
    }
}
