package dev.juggler.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.FileSystemXmlConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Creates Hazelcast's configuration: with what Vert.x needs, tuned to form clusters quickly and to use few resources,
 * and without multicast.
 */
final class HazelcastConfig {
    /** Properties that a file may override. Hazelcast's defaults suit large clusters and wait 5 s before each join. */
    private static final Map<String, String> TUNING = Map.ofEntries(
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.join.seconds", "30"),
            // Otherwise a joining member sleeps 1 s before it checks that it is connected to all.
            Map.entry("hazelcast.connect.all.wait.seconds", "0"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.socket.server.bind.any", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.partition.count", "31"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "2"),
            Map.entry("hazelcast.jmx", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            // Less than 10 s evicts healthy members on a busy machine.
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
            // The delay after which two parts of a split cluster merge.
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"));

    /** Prefixes of classes that may be deserialized: entries of Vert.x's own maps, and plain values. */
    private static final String[] TRUSTED = {
        "io.vertx.spi.cluster.hazelcast.", "com.hazelcast.", "java.lang.", "java.util.", "java.math.", "java.time.", "["
    };

    private HazelcastConfig() {}

    /** Creates the configuration of these settings. Blocks on the file, if they name one. */
    static Config of(ClusterSettings settings) {
        // Hazelcast logs that it reads a file before it knows the file's logging settings.
        System.setProperty("hazelcast.logging.type", "slf4j");
        Config config = settings.config().map(HazelcastConfig::read).orElseGet(() -> plain(settings));
        TUNING.forEach((name, value) -> {
            if (config.getProperty(name) == null) {
                config.setProperty(name, value);
            }
        });
        config.getMetricsConfig().setEnabled(false);
        MemberEndpoint.apply(config);
        addVertxMaps(config);
        filterSerialization(config);
        return config;
    }

    private static Config plain(ClusterSettings settings) {
        Config config = new Config();
        config.setClusterName(settings.name());
        config.setLiteMember(settings.lite());
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(settings.port()).setPortAutoIncrement(true);
        network.getInterfaces().setEnabled(true).addInterface(settings.host());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(1).setMembers(settings.members());
        settings.required().ifPresent(join.getTcpIpConfig()::setRequiredMember);
        return config;
    }

    /** Reads a file. Hazelcast itself would ignore a missing one and use its defaults, which listen on all networks. */
    private static Config read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw ClusterException.usage("cannot read cluster configuration " + file + ": there is no such file");
        }
        try {
            checkForm(file);
            return new FileSystemXmlConfig(file.toFile());
        } catch (SAXParseException e) {
            throw ClusterException.usage(
                    "cluster configuration " + file + ", line " + e.getLineNumber() + ": " + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw ClusterException.usage("cannot read cluster configuration " + file + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw ClusterException.usage("cluster configuration " + file + " is invalid: " + why, e);
        }
    }

    /** Checks that the file is well-formed. Hazelcast's parser prints errors to stderr and omits the line number. */
    private static void checkForm(Path file) throws IOException, SAXParseException {
        try (InputStream in = Files.newInputStream(file)) {
            SAXParserFactory.newDefaultInstance().newSAXParser().parse(in, new DefaultHandler());
        } catch (SAXParseException e) {
            throw e;
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Adds the maps of Vert.x. Without them, an event-bus address has one consumer only. */
    private static void addVertxMaps(Config config) {
        if (!config.getMultiMapConfigs().containsKey("__vertx.subs")) {
            config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                    .setBackupCount(1)
                    .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        }
        config.getMapConfig("__vertx.haInfo").setBackupCount(1);
        config.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
    }

    private static void filterSerialization(Config config) {
        if (config.getSerializationConfig().getJavaSerializationFilterConfig() == null) {
            JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
            filter.getWhitelist().addPrefixes(TRUSTED);
            config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
        }
    }
}
