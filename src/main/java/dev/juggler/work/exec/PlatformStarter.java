package dev.juggler.work.exec;

/** Selects the way to start programs on this system, once, on first use. */
final class PlatformStarter {
    private static final ProgramStarter STARTER =
            PosixSpawnStarter.isSupported() ? new PosixSpawnStarter() : JdkProgramStarter.withSetsidIfInstalled();

    private PlatformStarter() {}

    static ProgramStarter starter() {
        return STARTER;
    }

    /** Makes the selection on another thread, because it takes some milliseconds. */
    static void prepare() {
        Thread.ofPlatform().daemon().name("exec-prepare").start(PlatformStarter::starter);
    }
}
