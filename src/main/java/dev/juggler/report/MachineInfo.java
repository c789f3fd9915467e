package dev.juggler.report;

import java.util.Objects;

/**
 * The machine on which something was measured.
 *
 * @param name the host name
 * @param system operating system and architecture
 * @param cores processors available to Java
 * @param java the version of the JVM
 */
public record MachineInfo(String name, String system, int cores, String java) {

    public MachineInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(java, "java");
    }

    /** The description in one line. */
    public String text() {
        return name + ": " + cores + (cores == 1 ? " core, " : " cores, ") + system + ", Java " + java;
    }
}
