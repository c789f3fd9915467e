package dev.juggler.work.exec;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;

/**
 * A way to start programs. Each has {@code /dev/null} for stdin, none of our open files, and a fresh file for each
 * output stream. Safe for use by several threads.
 */
interface ProgramStarter {

    /**
     * Starts a program; blocks until it runs or could not be started.
     *
     * @param argv the program, looked up as {@code execvp(3)} does, and its arguments
     * @param folder where outputs go to
     * @param name what tells this run of the program from others of the job
     * @throws FileSystemException when there is no place for its outputs
     * @throws IOException when it could not be started; the message is the reason alone
     */
    StartedProgram start(List<String> argv, ProgramOutputFolder folder, String name) throws IOException;

    /** Returns whether each program leads a session and a process group of its own. */
    boolean ownGroups();

    /** Returns whether {@code setsid} becomes the program, and so speaks for one that it cannot become. */
    boolean bySetsid();
}
