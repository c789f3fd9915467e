package dev.juggler.work.compute.user;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** The classes of one source file, in the order in which it declares them. */
public record CompiledClasses(String fileName, SequencedMap<String, byte[]> classes) {

    /** Makes the classes loadable and gives the main one: named as the file is, or else the first. */
    public Class<?> load(ClassLoader parent, UserExit exit) {
        String simpleName = fileName.substring(0, fileName.length() - ".java".length());
        String main = classes.keySet().stream()
                .filter(name -> name.substring(name.lastIndexOf('.') + 1).equals(simpleName))
                .findFirst()
                .orElseGet(this::first);
        try {
            return Class.forName(main, false, new Loader(classes, parent, exit));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class that was just compiled is there", e);
        }
    }

    private String first() {
        return classes.keySet().stream()
                .filter(name -> name.indexOf('$') < 0)
                .findFirst()
                .orElseGet(() -> classes.firstEntry().getKey());
    }

    /** Looks here before it asks its parent: the user's class wins over one of the same name in Juggler. */
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
                if (!classes.containsKey(name)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) {
            byte[] bytes = rewriting.apply(classes.get(name));
            return defineClass(name, bytes, 0, bytes.length);
        }

        /** The compiled classes too, since the rewriting of one looks up the others. */
        @Override
        public InputStream getResourceAsStream(String name) {
            byte[] own = classes.get(name.replaceFirst("\\.class$", "").replace('/', '.'));
            return own == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(own);
        }
    }
}
