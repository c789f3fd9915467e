package dev.juggler.work.compute.user;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The compiled classes of one source file, in the order of their declarations. */
public record CompiledClasses(String fileName, SequencedMap<String, byte[]> classes) {

    /**
     * Defines the classes in a new loader and returns the main one: the class named like the file, or else the first.
     */
    public Class<?> load(ClassLoader parent, UserExit exit) {
        String simpleName = fileName.substring(0, fileName.length() - ".java".length());
        String main = classes.keySet().stream()
                .filter(name -> name.substring(name.lastIndexOf('.') + 1).equals(simpleName))
                .findFirst()
                .orElseGet(this::first);
        try {
            return Class.forName(main, false, new Loader(classes, parent, exit));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class that was just compiled can be loaded", e);
        }
    }

    private String first() {
        return classes.keySet().stream()
                .filter(name -> name.indexOf('$') < 0)
                .findFirst()
                .orElseGet(() -> classes.firstEntry().getKey());
    }

    /** Loads classes itself before it asks its parent, so that a user's class hides one of the same name in Juggler. */
    private static final class Loader extends ClassLoader {
        private final SequencedMap<String, byte[]> classes;
        private final UnaryOperator<byte[]> rewriting;

        Loader(SequencedMap<String, byte[]> classes, ClassLoader parent, UserExit exit) {
            super("juggler-source", parent);
            this.classes = classes;
            this.rewriting = exit == UserExit.FAILS_TASK
                    ? new ExitCallRewriter(this::getResourceAsStream)::rewrite
                    : UnaryOperator.identity();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] compiled = classes.get(name);
                if (compiled == null) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name, compiled);
            }
        }

        private Class<?> define(String name, byte[] compiled) {
            byte[] bytes = rewriting.apply(compiled);
            return defineClass(name, bytes, 0, bytes.length);
        }

        /** Finds the compiled classes too, because rewriting a class looks up the others. */
        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] own = classes.get(name.replaceFirst("\\.class$", "").replace('/', '.'));
            return own == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(own);
        }
    }
}
