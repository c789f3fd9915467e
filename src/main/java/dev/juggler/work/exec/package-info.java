/**
 * External programs: how one is run for one input, in both styles of work.
 *
 * <p>{@link dev.juggler.work.exec.CommandTemplate} makes the argument list of a task and is pure;
 * {@link dev.juggler.work.exec.ExecWork} runs it. Each program has {@code /dev/null} for stdin, a session of its own,
 * and a fresh file for each output stream. Files rather than pipes: no thread has to pump (so the async style is as
 * cheap as the blocking one), and a program that leaves a daemon behind which holds its outputs open does not keep the
 * task from ending, nor does the daemon die of a broken pipe. What a script may notice: writing to {@code /dev/stderr}
 * by name with {@code >} cuts the file, as it does under GNU parallel.
 *
 * <p>{@code PlatformStarter} decides once how programs are started: by {@code PosixSpawnStarter}, which calls the C
 * library itself ({@code libc}), waits with one {@code ProcessReaper} and writes to files without names; or, where that
 * cannot be, by {@code JdkStarter}, which has the JDK start the program {@code setsid}.
 *
 * <p>May use {@code job}, {@code libc} and {@code work}. The folder and the launcher are shared by all threads of a
 * job, the starter and its reaper by all jobs; each {@code BlockingWork} and {@code AsyncWork} belongs to one worker.
 */
package dev.juggler.work.exec;
