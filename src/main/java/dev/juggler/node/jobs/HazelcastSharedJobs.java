package dev.juggler.node.jobs;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import dev.juggler.client.JobStatus;
import dev.juggler.client.StrictJson;
import dev.juggler.cluster.Cluster;
import dev.juggler.node.settings.RejectedRequestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterOutputStream;

/**
 * {@link SharedJobs} in Hazelcast maps with one backup each.
 *
 * <p>Ownership changes by compare-and-set of a short text, {@code NODE EPOCH}, so that one of several nodes that want a
 * job gets it. With a minimum of members, no map can be read or written in the smaller part of a partitioned cluster;
 * when the parts merge, the entries of the smaller part are discarded.
 */
public final class HazelcastSharedJobs implements SharedJobs {
    private static final String PREFIX = "juggler.jobs.";

    /**
     * The attribute of members that are nodes; others, such as verticles of {@code juggler run}, count for no quorum.
     */
    private static final String NODE = "juggler.node";

    /** The owner of a job that its owner disowned; no node has this name, so any node may adopt the job. */
    private static final String NOBODY = "nobody";

    private static final List<String> MAPS = List.of("owners", "requests", "status", "rows");

    private final Cluster cluster;
    private final int minimum;
    private final IMap<String, String> owners;
    private final IMap<String, byte[]> requests;
    private final IMap<String, byte[]> status;
    private final IMap<String, byte[]> rows;

    private record JobOwner(String node, int epoch) {
        static JobOwner parse(String text) {
            int space = text.lastIndexOf(' ');
            return new JobOwner(text.substring(0, space), Integer.parseInt(text.substring(space + 1)));
        }

        String text() {
            return node + " " + epoch;
        }
    }

    /**
     * The shared jobs of a cluster whose members were all configured by {@link #configure}.
     *
     * @param minimum the nodes that must see each other; 1 for no such rule
     */
    public HazelcastSharedJobs(Cluster cluster, int minimum) {
        HazelcastInstance hazelcast = cluster.hazelcast();
        this.cluster = cluster;
        this.minimum = minimum;
        this.owners = hazelcast.getMap(PREFIX + "owners");
        this.requests = hazelcast.getMap(PREFIX + "requests");
        this.status = hazelcast.getMap(PREFIX + "status");
        this.rows = hazelcast.getMap(PREFIX + "rows");
    }

    /** Configures the maps; to be called before the member joins. */
    public static void configure(Config config, int minimum) {
        if (minimum > 1) {
            config.addSplitBrainProtectionConfig(new SplitBrainProtectionConfig(PREFIX + "members", true, minimum)
                    .setFunctionImplementation(members -> nodes(members) >= minimum)
                    .setProtectOn(SplitBrainProtectionOn.READ_WRITE));
        }
        for (String name : MAPS) {
            MapConfig map = new MapConfig(PREFIX + name)
                    .setBackupCount(1)
                    .setInMemoryFormat(InMemoryFormat.BINARY)
                    .setMergePolicyConfig(new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName()));
            config.addMapConfig(minimum > 1 ? map.setSplitBrainProtectionName(PREFIX + "members") : map);
        }
    }

    /** Makes the member count towards the minimum of nodes; to be called before it joins. */
    public static void markNode(Config config) {
        config.getMemberAttributeConfig().setAttribute(NODE, "true");
    }

    private static long nodes(Collection<Member> members) {
        return members.stream()
                .filter(member -> member.getAttribute(NODE) != null)
                .count();
    }

    @Override
    public Optional<JobStatus> claim(StoredJob job) {
        return guarded(() -> {
            String other = owners.putIfAbsent(job.id(), mine(job.epoch()));
            if (other == null) {
                return Optional.empty();
            }
            byte[] known = requests.get(job.id());
            if (known != null && !stored(known).request().equals(job.request())) {
                throw RejectedRequestException.conflict(JobRegistry.KEY_IN_USE);
            }
            return Optional.of(find(job.id())
                    .orElseThrow(() -> RejectedRequestException.unavailable(
                            "this job is being submitted to another node; try again")));
        });
    }

    @Override
    public void publish(StoredJob job, JobStatus now) {
        guarded(() -> {
            if (!requests.containsKey(job.id()) || now.state() == JobStatus.State.QUEUED) {
                requests.set(job.id(), StrictJson.write(job));
            }
            status.set(job.id(), StrictJson.write(now));
            return null;
        });
    }

    @Override
    public Optional<JobStatus> find(String id) {
        return guarded(() -> Optional.ofNullable(status.get(id)).map(HazelcastSharedJobs::status));
    }

    @Override
    public List<JobStatus> all() {
        return guarded(
                () -> status.values().stream().map(HazelcastSharedJobs::status).toList());
    }

    @Override
    public Optional<StoredJob> findOwned(String owner, int epoch, String id) {
        return guarded(() -> {
            boolean owned = entry(id).equals(Optional.of(new JobOwner(owner, epoch)));
            byte[] request = owned ? requests.get(id) : null;
            return Optional.ofNullable(request).map(json -> stored(json).withEpoch(epoch));
        });
    }

    @Override
    public Optional<String> owner(String id) {
        return guarded(() -> entry(id).map(JobOwner::node));
    }

    @Override
    public Optional<StoredJob> reclaim(StoredJob found) {
        return guarded(() -> {
            Optional<JobOwner> owner = entry(found.id());
            if (owner.isEmpty()) {
                int next = found.epoch() + 1;
                return owners.putIfAbsent(found.id(), mine(next)) == null
                        ? Optional.of(found.withEpoch(next))
                        : reclaim(found);
            }
            boolean isAhead = owner.get().epoch() > found.epoch() && isAlive(owner.get());
            return isAhead ? Optional.empty() : take(owner.get(), found);
        });
    }

    /** Takes a job from a node that is dead or has an earlier epoch; empty when another node was quicker. */
    private Optional<StoredJob> take(JobOwner from, StoredJob job) {
        int next = Math.max(from.epoch(), job.epoch()) + 1;
        return owners.replace(job.id(), from.text(), mine(next)) ? Optional.of(job.withEpoch(next)) : Optional.empty();
    }

    @Override
    public List<String> orphans() {
        return guarded(() -> owners.entrySet().stream()
                .filter(entry -> !isAlive(JobOwner.parse(entry.getValue())))
                .map(Map.Entry::getKey)
                .toList());
    }

    @Override
    public Optional<Orphan> adopt(String id, Predicate<Orphan> wanted) {
        return guarded(() -> {
            Optional<JobOwner> owner = entry(id).filter(each -> !isAlive(each));
            byte[] request = requests.get(id);
            byte[] last = status.get(id);
            if (owner.isEmpty()) {
                return Optional.empty();
            }
            if (request == null || last == null) {
                // Its submission was never acknowledged.
                owners.remove(id, owner.get().text());
                return Optional.empty();
            }
            StoredJob job = stored(request).withEpoch(owner.get().epoch());
            JobStatus stood = status(last);
            return wanted.test(new Orphan(job, stood))
                    ? take(owner.get(), job).map(taken -> new Orphan(taken, stood))
                    : Optional.empty();
        });
    }

    @Override
    public void disown(StoredJob job) {
        guarded(() -> owners.replace(job.id(), mine(job.epoch()), new JobOwner(NOBODY, job.epoch()).text()));
    }

    @Override
    public void copyJournal(String id, int epoch, OutputStream out) throws IOException {
        int replica = replicaEpoch(id, epoch);
        int piece = 0;
        byte[] next = piece(id, replica, piece);
        while (next != null) {
            InflaterOutputStream inflater = new InflaterOutputStream(out);
            inflater.write(next);
            inflater.finish();
            next = piece(id, replica, ++piece);
        }
    }

    @Override
    public boolean hasJournal(String id, int epoch) {
        return replicaEpoch(id, epoch) > 0;
    }

    /** The latest epoch, up to this one, under which there is a replica; 0 for none. */
    private int replicaEpoch(String id, int epoch) {
        return guarded(() -> {
            int replica = epoch;
            while (replica > 0 && !rows.containsKey(key(id, replica, 0))) {
                replica--;
            }
            return replica;
        });
    }

    private byte[] piece(String id, int epoch, int piece) {
        return guarded(() -> rows.get(key(id, epoch, piece)));
    }

    @Override
    public void storeJournal(StoredJob job, int piece, byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        guarded(() -> {
            rows.set(key(job.id(), job.epoch(), piece), compressed.toByteArray());
            return null;
        });
    }

    @Override
    public void deleteJournal(String id, int epoch) {
        guarded(() -> {
            int piece = 0;
            while (rows.remove(key(id, epoch, piece)) != null) {
                piece++;
            }
            return null;
        });
    }

    @Override
    public void deleteEarlierJournals(String id, int epoch) {
        for (int earlier = epoch - 1; earlier > 0; earlier--) {
            deleteJournal(id, earlier);
        }
    }

    private static String key(String id, int epoch, int piece) {
        return id + "/" + epoch + "/" + piece;
    }

    @Override
    public boolean owns(StoredJob job) {
        return guarded(() -> {
            // An entry without an owner was lost with the nodes that held it, and only the owner can bring it back.
            String current = owners.putIfAbsent(job.id(), mine(job.epoch()));
            return current == null || current.equals(mine(job.epoch()));
        });
    }

    @Override
    public void remove(StoredJob job) {
        guarded(() -> {
            if (owners.remove(job.id(), mine(job.epoch()))) {
                requests.delete(job.id());
                status.delete(job.id());
                deleteJournal(job.id(), job.epoch());
                deleteEarlierJournals(job.id(), job.epoch());
            }
            return null;
        });
    }

    private String mine(int epoch) {
        return new JobOwner(cluster.self(), epoch).text();
    }

    private Optional<JobOwner> entry(String id) {
        return Optional.ofNullable(owners.get(id)).map(JobOwner::parse);
    }

    private boolean isAlive(JobOwner owner) {
        Set<String> nodes = cluster.nodes();
        return nodes.contains(owner.node());
    }

    private static JobStatus status(byte[] json) {
        return StrictJson.read(json, JobStatus.class);
    }

    private static StoredJob stored(byte[] json) {
        return StrictJson.read(json, StoredJob.class);
    }

    private <T> T guarded(Supplier<T> action) {
        try {
            return action.get();
        } catch (SplitBrainProtectionException e) {
            throw RejectedRequestException.minority("minority: this node sees fewer than the required " + minimum
                    + " nodes; it accepts and runs no jobs until enough are back");
        } catch (HazelcastInstanceNotActiveException e) {
            throw RejectedRequestException.unavailable("this node is leaving the cluster");
        }
    }
}
