package dev.juggler.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The command that starts another JVM like this one, with the same Java, class path, flags and AOT cache. */
final class JvmCommand {
    /** Flags that write a file, open a port or attach an agent; children do not inherit them. */
    private static final List<String> NOT_INHERITED = List.of(
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

    /** Flags of run.sh for short runs. Children that compute run for longer. */
    private static final Set<String> FOR_SHORT_RUNS = Set.of("-XX:TieredStopAtLevel=1", "-XX:MaxNewSize=24m");

    private JvmCommand() {}

    /**
     * The arguments of the command.
     *
     * @param computes true for a child that computes, whose run is not short even if this JVM's is
     */
    static List<String> command(Class<?> main, boolean computes) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> NOT_INHERITED.stream().noneMatch(flag::startsWith))
                .filter(flag -> !computes || !FOR_SHORT_RUNS.contains(flag))
                .forEach(words::add);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return words;
    }
}
