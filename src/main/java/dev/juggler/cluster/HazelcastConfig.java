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
 * Hazelcast's configuration: what Vert.x needs of it, tuned to form quickly and to take little, and never multicast.
 */
final class HazelcastConfig {
    /**
     * Hazelcast's own defaults are made for large clusters of large machines, and wait five seconds before each join.
     */
    private static final Map<String, String> TUNING = Map.ofEntries(
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.join.seconds", "30"),
            // Or whoever joins others sleeps a second before it looks whether it is connected to all.
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
            // Less than ten seconds evicts members that are well, on a machine that is busy.
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
            // Two halves find each other again this soon.
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"));

    /** What crosses as objects: the entries of Vert.x's own maps, and plain values. */
    private static final String[] TRUSTED = {
        "io.vertx.spi.cluster.hazelcast.", "com.hazelcast.", "java.lang.", "java.util.", "java.math.", "java.time.", "["
    };

    private HazelcastConfig() {}

    /** Makes the configuration of these settings. Blocks on the file, if one is named. */
    static Config of(ClusterSettings settings) {
        // Reading a file is logged before what the file says of logging is known.
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

    /** Hazelcast itself would go on with its defaults, which listen on every network. */
    private static Config read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw ClusterException.usage("cluster configuration " + file + ": there is no such file", null);
        }
        try {
            checkForm(file);
            return new FileSystemXmlConfig(file.toFile());
        } catch (SAXParseException e) {
            throw ClusterException.usage(
                    "cluster configuration " + file + ", line " + e.getLineNumber() + ": " + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw ClusterException.usage("cluster configuration " + file + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw ClusterException.usage("cluster configuration " + file + " is wrong: " + why, e);
        }
    }

    /** Hazelcast has its parser print what is wrong with XML on stderr, and tells it without its place. */
    private static void checkForm(Path file) throws IOException, SAXParseException {
        try (InputStream in = Files.newInputStream(file)) {
            SAXParserFactory.newDefaultInstance().newSAXParser().parse(in, new DefaultHandler());
        } catch (SAXParseException e) {
            throw e;
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Without these, Vert.x keeps each address with one consumer only. */
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
