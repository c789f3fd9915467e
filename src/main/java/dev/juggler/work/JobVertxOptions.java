package dev.juggler.work;

import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** Options for the Vert.x of a JVM that runs one job, and of a job that needs a Vert.x of its own. */
public final class JobVertxOptions {
    private JobVertxOptions() {}

    /** Returns options without a cache of class path files on disk, and without warnings about long tasks. */
    public static VertxOptions options() {
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                // An unknown name or an unreachable name server delays a task by seconds instead of half a minute.
                .setAddressResolverOptions(NameServers.addTo(
                        new AddressResolverOptions().setQueryTimeout(1_500).setMaxQueries(3)))
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
                .setUseDaemonThread(true);
    }
}
