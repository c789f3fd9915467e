package dev.juggler.cli.command;

import dev.juggler.boot.InstallFolder;
import dev.juggler.boot.ShippedFile;
import dev.juggler.boot.ShippedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of {@code conf/juggler.json}: at the top level for all commands, below its name for one command. */
final class UserSettings {
    private static final String FILE = "juggler.json";
    private final Map<String, Object> own;
    private final Map<String, Object> packaged;

    private UserSettings(Map<String, Object> own, Map<String, Object> packaged) {
        this.own = own;
        this.packaged = packaged;
    }

    /**
     * Reads the file of this installation, if there is one, and the packaged settings.
     *
     * @param namesOf the names of a command's settings; null for no such command; of all commands for the empty name
     */
    static UserSettings load(Function<String, Set<String>> namesOf) {
        Path file = file();
        if (ShippedFile.is(file, FILE)) {
            return new UserSettings(ShippedSettings.ALL, ShippedSettings.ALL);
        }
        Map<String, Object> own = Files.exists(file) ? JsonFile.read(file, file.toString()) : Map.of();
        check(own, file, namesOf);
        return new UserSettings(own, ShippedSettings.ALL);
    }

    /** Returns the file of this installation, which may not exist. */
    static Path file() {
        return InstallFolder.folder().resolve("conf").resolve(FILE);
    }

    private static void check(Map<String, Object> own, Path file, Function<String, Set<String>> namesOf) {
        own.forEach((name, value) -> {
            boolean command = value instanceof Map;
            Set<String> known = namesOf.apply(command ? name : "");
            if (known == null || (!command && !known.contains(name))) {
                throw CommandFailure.usage(file + ": unknown key '" + name + "'");
            }
            if (value instanceof Collection) {
                throw CommandFailure.usage(file + ": '" + name + "' is a list; give one value");
            }
            if (value instanceof Map<?, ?> section) {
                checkKeys(section, file, name, known);
            }
        });
    }

    private static void checkKeys(Map<?, ?> section, Path file, String command, Set<String> known) {
        section.forEach((name, value) -> {
            if (!known.contains(name) || value instanceof Map || value instanceof Collection) {
                throw CommandFailure.usage(file + ": unknown key '" + command + "." + name + "'");
            }
        });
    }

    /** Returns the setting of a command's option, or null. */
    @Nullable
    String get(String command, String option) {
        String mine = get(own, command, option);
        return mine == null ? get(packaged, command, option) : mine;
    }

    private static @Nullable String get(Map<String, Object> layer, String command, String option) {
        Object own = layer.get(command) instanceof Map<?, ?> section ? section.get(option) : null;
        if (own != null) {
            return own.toString();
        }
        Object value = layer.get(option);
        return value == null || value instanceof Map ? null : value.toString();
    }
}
