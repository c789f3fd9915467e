/**
 * Runs an external program for each input, in both styles of work.
 *
 * <p>{@link dev.juggler.work.exec.CommandTemplate} makes the argument list of a task and has no side effects;
 * {@link dev.juggler.work.exec.ExecWork} runs it. Each program has {@code /dev/null} for stdin, its own session, and a
 * new file for each output stream. Files need no thread to pump as pipes do, so the async style is as cheap as the
 * blocking one. A program that leaves a daemon with its outputs open does not delay the end of its task, and the daemon
 * does not die of a broken pipe. Scripts may notice one difference: writing to {@code /dev/stderr} by name with
 * {@code >} truncates the file, as with GNU parallel.
 *
 * <p>{@code PlatformStarter} selects once how programs are started: by {@code PosixSpawnStarter}, which calls the C
 * library ({@code libc}), waits with one {@code ProcessReaper} and writes to unnamed files; or, where that does not
 * work, by {@code JdkProgramStarter}, which has the JDK start the program {@code setsid}.
 *
 * <p>May use {@code job}, {@code libc} and {@code work}. All threads of a job share the folder and the launcher; all
 * jobs share the starter and its reaper. Each {@code BlockingWork} and {@code AsyncWork} belongs to one worker.
 */
@NullMarked
package dev.juggler.work.exec;

import org.jspecify.annotations.NullMarked;
