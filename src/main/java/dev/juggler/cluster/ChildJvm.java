package dev.juggler.cluster;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts another JVM like this one: the same Java, class path, flags and AOT cache. */
final class ChildJvm {
    /** Flags that write a file, open a port or attach somebody: they are for this JVM alone. */
    private static final List<String> OWN = List.of(
            "-agentlib:",
            "-agentpath:",
            "-javaagent:",
            "-Xrunjdwp",
            "-XX:AOTCacheOutput=",
            "-XX:AOTConfiguration=",
            "-XX:AOTMode=",
            "-XX:StartFlightRecording",
            "-XX:OnOutOfMemoryError",
            "-Dcom.sun.management.jmxremote");

    /** Short runs are quickest with the first compiler alone, and processes are no short runs when they compute. */
    private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    private ChildJvm() {}

    /**
     * The words of the command.
     *
     * @param bothCompilers whether it is to have both, though this JVM may have one
     */
    static List<String> command(Class<?> main, boolean bothCompilers) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> OWN.stream().noneMatch(flag::startsWith))
                .filter(flag -> !bothCompilers || !flag.equals(FIRST_COMPILER_ALONE))
                .forEach(words::add);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return words;
    }
}
