package dev.juggler.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** The abilities of stderr: whether it is a terminal that can be redrawn, and whether it shows colors. */
public final class Terminal {
    private final boolean interactive = isTerminal(2) && !"dumb".equals(System.getenv("TERM"));
    private final boolean colored;

    /**
     * Examines stderr.
     *
     * @param choice the user's choice of colors
     */
    public Terminal(OutputOptions.ColorChoice choice) {
        boolean wanted = interactive && System.getenv("NO_COLOR") == null;
        this.colored =
                choice == OutputOptions.ColorChoice.always || (choice == OutputOptions.ColorChoice.auto && wanted);
    }

    /** Returns whether stderr is a terminal that can be redrawn. */
    public boolean interactive() {
        return interactive;
    }

    /** Returns whether stderr shows colors. */
    public boolean colored() {
        return colored;
    }

    /**
     * Returns the text in a style of picocli's markup, such as {@code bold} or {@code fg(red)}; unchanged without
     * colors.
     */
    public String styled(String style, String text) {
        return colored ? Ansi.ON.string("@|" + style + " " + text + "|@") : text;
    }

    /**
     * Returns whether a file descriptor is a terminal. Java only knows about stdin and stdout together; run.sh passes
     * it for each, and Linux knows too.
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
