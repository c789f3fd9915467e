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
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterOutputStream;

/**
 * {@link SharedJobs} in maps of Hazelcast's with a backup each. Ownership changes by compare-and-set of one small text,
 * {@code NODE EPOCH}, so of several nodes that want a job one gets it. With a minimum of members no map can be read or
 * written in the smaller part of a cluster that fell apart; when the parts meet again, what the smaller part had is
 * dropped.
 */
public final class HazelcastSharedJobs implements SharedJobs {
    private static final String PREFIX = "juggler.jobs.";
    /** Marks the members that are nodes. Others, verticles that were launched on their own say, make no majority. */
    private static final String NODE = "juggler.node";

    /** Where an owner's name stands, for a job that no node has: its owner is as good as dead. */
    private static final String NOBODY = "nobody";

    private static final List<String> MAPS = List.of("owners", "requests", "status", "rows");

    private final Cluster cluster;
    private final int minimum;
    private final IMap<String, String> owners;
    private final IMap<String, byte[]> requests;
    private final IMap<String, byte[]> status;
    private final IMap<String, byte[]> rows;

    /** Who has a job. */
    private record JobOwner(String node, int epoch) {
        static JobOwner parse(String text) {
            int space = text.lastIndexOf(' ');
            return new JobOwner(text.substring(0, space), Integer.parseInt(text.substring(space + 1)));
        }

        String text() {
            return node + " " + epoch;
        }
    }

    public HazelcastSharedJobs(Cluster cluster, int minimum) {
        HazelcastInstance hazelcast = cluster.hazelcast();
        this.cluster = cluster;
        this.minimum = minimum;
        this.owners = hazelcast.getMap(PREFIX + "owners");
        this.requests = hazelcast.getMap(PREFIX + "requests");
        this.status = hazelcast.getMap(PREFIX + "status");
        this.rows = hazelcast.getMap(PREFIX + "rows");
    }

    /** Says how the maps are kept; before the cluster is joined. */
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

    /** Makes this member one that counts towards the minimum; before the cluster is joined. */
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
                throw RejectedRequestException.conflict(
                        "another job was submitted under this key: give each job a key of its own");
            }
            return Optional.of(find(job.id())
                    .orElseThrow(() -> RejectedRequestException.unavailable(
                            "this job is just being submitted at another node: ask again")));
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
    public Optional<StoredJob> of(String owner, int epoch, String id) {
        return guarded(() -> {
            boolean its = entry(id).equals(Optional.of(new JobOwner(owner, epoch)));
            byte[] request = its ? requests.get(id) : null;
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
            boolean further = owner.get().epoch() > found.epoch() && isAlive(owner.get());
            return further ? Optional.empty() : take(owner.get(), found);
        });
    }

    /** Takes a job from a node that is dead, or that has got less far; empty when somebody else was quicker. */
    private Optional<StoredJob> take(JobOwner from, StoredJob job) {
        int next = Math.max(from.epoch(), job.epoch()) + 1;
        return owners.replace(job.id(), from.text(), mine(next)) ? Optional.of(job.withEpoch(next)) : Optional.empty();
    }

    @Override
    public List<String> orphans() {
        return guarded(() -> owners.entrySet().stream()
                .filter(entry -> !isAlive(JobOwner.parse(entry.getValue())))
                .map(java.util.Map.Entry::getKey)
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
                // Its submit was never acknowledged.
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
        int piece = 0;
        byte[] next = held(id, epoch, piece);
        while (next != null) {
            InflaterOutputStream inflater = new InflaterOutputStream(out);
            inflater.write(next);
            inflater.finish();
            next = held(id, epoch, ++piece);
        }
    }

    private byte[] held(String id, int epoch, int piece) {
        return guarded(() -> rows.get(key(id, epoch, piece)));
    }

    @Override
    public void hold(StoredJob job, int piece, byte[] bytes) {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(small)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes what is written", e);
        }
        guarded(() -> {
            rows.set(key(job.id(), job.epoch(), piece), small.toByteArray());
            return null;
        });
    }

    @Override
    public void release(String id, int epoch) {
        guarded(() -> {
            int piece = 0;
            while (rows.remove(key(id, epoch, piece)) != null) {
                piece++;
            }
            return null;
        });
    }

    private static String key(String id, int epoch, int piece) {
        return id + "/" + epoch + "/" + piece;
    }

    /** What nobody owns was lost together with the nodes that held it, and only its owner can bring it back. */
    @Override
    public boolean owns(StoredJob job) {
        return guarded(() -> {
            String there = owners.putIfAbsent(job.id(), mine(job.epoch()));
            return there == null || there.equals(mine(job.epoch()));
        });
    }

    @Override
    public void forget(StoredJob job) {
        guarded(() -> {
            if (owners.remove(job.id(), mine(job.epoch()))) {
                requests.delete(job.id());
                status.delete(job.id());
                release(job.id(), job.epoch());
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
            throw RejectedRequestException.minority("minority: this node sees fewer than the " + minimum
                    + " nodes that must be there; it takes no jobs and goes on with none until they are back");
        } catch (HazelcastInstanceNotActiveException e) {
            throw RejectedRequestException.unavailable("this node is leaving the cluster");
        }
    }
}
