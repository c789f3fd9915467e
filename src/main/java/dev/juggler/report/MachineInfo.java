package dev.juggler.report;

import java.util.Objects;

/**
 * Where something was measured.
 *
 * @param name the host's name
 * @param system operating system and architecture
 * @param cores processors that Java may use
 * @param java the version of the JVM
 */
public record MachineInfo(String name, String system, int cores, String java) {

    public MachineInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(java, "java");
    }

    /** One line for a person. */
    public String text() {
        return name + ": " + cores + (cores == 1 ? " core, " : " cores, ") + system + ", Java " + java;
    }
}
