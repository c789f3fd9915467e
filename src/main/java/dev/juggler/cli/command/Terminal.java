package dev.juggler.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** The abilities of stderr: whether it is a terminal that can be redrawn, and whether it shows colors. */
public final class Terminal {
    private final boolean interactive = isTerminal(2) && !"dumb".equals(System.getenv("TERM"));
    private final boolean colored;

    public Terminal(OutputOptions.ColorChoice choice) {
        boolean wanted = interactive && System.getenv("NO_COLOR") == null;
        this.colored =
                choice == OutputOptions.ColorChoice.always || (choice == OutputOptions.ColorChoice.auto && wanted);
    }

    /** Is stderr a terminal that can be redrawn? */
    public boolean interactive() {
        return interactive;
    }

    /** Does stderr show colors? */
    public boolean colored() {
        return colored;
    }

    /** The text in a style of picocli's markup, such as {@code bold} or {@code fg(red)}; unchanged without colors. */
    public String styled(String style, String text) {
        return colored ? Ansi.ON.string("@|" + style + " " + text + "|@") : text;
    }

    /**
     * Is a file descriptor a terminal? Java only knows it of stdin and stdout together; run.sh says it of each, and so
     * does Linux.
     */
    public static boolean isTerminal(int descriptor) {
        String given = System.getProperty("juggler.tty." + descriptor);
        if (given != null) {
            return given.equals("true");
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
