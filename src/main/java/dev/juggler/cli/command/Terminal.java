package dev.juggler.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** What is known of stderr: whether a person looks at it through something that can draw, and whether it takes colours. */
public final class Terminal {
    private final boolean interactive = isTerminal(2) && !"dumb".equals(System.getenv("TERM"));
    private final boolean colored;

    public Terminal(OutputOptions.ColorChoice choice) {
        boolean wanted = interactive && System.getenv("NO_COLOR") == null;
        this.colored =
                choice == OutputOptions.ColorChoice.always || (choice == OutputOptions.ColorChoice.auto && wanted);
    }

    public boolean interactive() {
        return interactive;
    }

    public boolean colored() {
        return colored;
    }

    /** The text in a style of picocli's markup ({@code bold}, {@code fg(red)}), or as it is. */
    public String styled(String style, String text) {
        return colored ? Ansi.ON.string("@|" + style + " " + text + "|@") : text;
    }

    /** Java tells only of stdin and stdout together; run.sh tells, and so does Linux. */
    public static boolean isTerminal(int descriptor) {
        String told = System.getProperty("juggler.tty." + descriptor);
        if (told != null) {
            return told.equals("true");
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
