package dev.juggler.work.exec;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;

/**
 * Starts programs. Each has {@code /dev/null} for stdin, no open files of this JVM, and a new file for each output
 * stream. Safe for use by several threads.
 */
interface ProgramStarter {

    /**
     * Starts a program. Blocks until it runs or has failed to start.
     *
     * @param argv the program, looked up as {@code execvp(3)} does, and its arguments
     * @param folder the folder for outputs
     * @param name the name of this run, which is unique within the job
     * @throws FileSystemException when its outputs cannot be written
     * @throws IOException when it cannot be started; the message is the reason alone
     */
    StartedProgram start(List<String> argv, ProgramOutputFolder folder, String name) throws IOException;

    /** Returns whether each program leads its own session and process group. */
    boolean ownGroups();

    /** Returns whether {@code setsid} executes the program, and so reports on stderr when it cannot. */
    boolean bySetsid();
}
