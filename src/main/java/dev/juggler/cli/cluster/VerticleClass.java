package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandFailure;
import io.vertx.core.Deployable;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The class of a verticle, loaded by its name from a class path, and a factory of its instances. */
record VerticleClass(String name, Constructor<? extends Deployable> constructor) {

    /**
     * Loads the class.
     *
     * @param classPath jars and folders; empty for the class path of this JVM
     * @throws CommandFailure a usage error, when there is no such class or it is not a verticle
     */
    static VerticleClass load(String name, List<String> classPath) {
        try {
            Class<?> found = Class.forName(name, true, loader(classPath));
            if (!Deployable.class.isAssignableFrom(found)) {
                throw CommandFailure.usage(name + " is not a verticle: it implements neither Verticle nor Deployable");
            }
            return new VerticleClass(name, found.asSubclass(Deployable.class).getConstructor());
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw CommandFailure.usage("no class " + name + " on the class path; add its jar with --classpath", e);
        } catch (NoSuchMethodException e) {
            throw CommandFailure.usage(name + " has no public constructor without arguments", e);
        }
    }

    private static ClassLoader loader(List<String> classPath) {
        if (classPath.isEmpty()) {
            return VerticleClass.class.getClassLoader();
        }
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath) {
            Path path = Path.of(entry);
            if (!Files.exists(path)) {
                throw CommandFailure.usage("--classpath: " + path + " does not exist");
            }
            urls.add(url(path));
        }
        // Never closed: the verticles need it until the JVM ends.
        return new URLClassLoader(urls.toArray(URL[]::new), VerticleClass.class.getClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw CommandFailure.usage("--classpath: " + path + " is not a path of classes", e);
        }
    }

    /** Creates an instance; fails with a usage error that names the exception of the constructor. */
    Deployable newInstance() {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw CommandFailure.usage("cannot create an instance of " + name + ": " + cause, e);
        }
    }
}
