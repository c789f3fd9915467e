package dev.juggler.work.compute.user;

import dev.juggler.work.InvalidWorkException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The jars and folders of a spec, which are checked to exist. */
public record ClassPath(List<Path> entries) {

    public static ClassPath of(List<String> entries) {
        return new ClassPath(entries.stream().map(ClassPath::checked).toList());
    }

    private static Path checked(String entry) {
        try {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                return path;
            }
            if (!Files.exists(path)) {
                throw InvalidWorkException.usage("class path entry " + entry + " does not exist");
            }
            new ZipFile(path.toFile()).close();
            return path;
        } catch (IOException | InvalidPathException e) {
            throw InvalidWorkException.usage(
                    "class path entry " + entry + " is neither a folder nor a jar: " + e.getMessage());
        }
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns a new loader of these entries, whose parent is Juggler's own loader. */
    public URLClassLoader newLoader(UserExit exit) {
        URL[] urls = entries.stream().map(ClassPath::url).toArray(URL[]::new);
        ClassLoader parent = ClassPath.class.getClassLoader();
        return exit == UserExit.FAILS_TASK ? new GuardedClassLoader(urls, parent) : new URLClassLoader(urls, parent);
    }

    /** Returns Juggler's class path followed by these entries, for the compiler. */
    String withApplicationClassPath() {
        return Stream.concat(
                        Stream.of(System.getProperty("java.class.path", "")),
                        entries.stream().map(Path::toString))
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("the URI of a file is a URL", e);
        }
    }

    @Override
    public String toString() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
