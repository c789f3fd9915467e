package dev.juggler.work;

import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** The Vert.x of a JVM that runs a job and ends, and of what such a job keeps for itself. */
public final class JobVertxOptions {
    private JobVertxOptions() {}

    /** No cache of class path files on disk, and no warnings about tasks that are meant to take long. */
    public static VertxOptions options() {
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                // A name that no server knows, or no server that answers, costs a task seconds and not half a minute.
                .setAddressResolverOptions(
                        new AddressResolverOptions().setQueryTimeout(1_500).setMaxQueries(3))
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
                .setUseDaemonThread(true);
    }
}
