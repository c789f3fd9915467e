package dev.juggler.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The multiset of keys that succeeded in a journal, in 40 to 80 bytes per key of any length, because a resumed run may
 * have many millions. Keys are distinguished by 127 bits of their SHA-256. Confined to one thread at a time.
 */
public final class CompletedTasks {
    private static final int WORDS = 2;
    /** Null until the first key: Java takes a while to load its first digest, and most runs resume nothing. */
    private @Nullable MessageDigest digest;

    private long[] hashes = new long[WORDS * 1024];
    private int[] counts = new int[1024];
    private int distinct;
    private long size;
    private long initialSize;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Makes an empty multiset. */
    public CompletedTasks() {}

    /** Adds one success of a key. */
    void add(String key) {
        if (distinct * 2 > counts.length) {
            grow();
        }
        ByteBuffer hash = hash(key);
        insert(hash.getLong(0) | 1, hash.getLong(8), 1);
        size++;
        initialSize++;
    }

    /** Removes one success of a key. Returns false when none is left. */
    public boolean take(String key) {
        ByteBuffer hash = hash(key);
        int slot = find(hash.getLong(0) | 1, hash.getLong(8));
        if (counts[slot] == 0) {
            return false;
        }
        counts[slot]--;
        size--;
        return true;
    }

    /** Returns whether no success is left. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Returns the number of successes before any was removed. */
    public long initialSize() {
        return initialSize;
    }

    private ByteBuffer hash(String key) {
        MessageDigest sha256 = digest;
        if (sha256 == null) {
            sha256 = sha256();
            digest = sha256;
        }
        return ByteBuffer.wrap(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the slot of a hash, or the free slot for it. The first word is never 0 in a used slot. */
    private int find(long first, long second) {
        int mask = counts.length - 1;
        int slot = (int) (second & mask);
        while (hashes[WORDS * slot] != 0 && !(hashes[WORDS * slot] == first && hashes[WORDS * slot + 1] == second)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void insert(long first, long second, int count) {
        int slot = find(first, second);
        if (hashes[WORDS * slot] == 0) {
            hashes[WORDS * slot] = first;
            hashes[WORDS * slot + 1] = second;
            distinct++;
        }
        counts[slot] += count;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldCounts = counts;
        hashes = new long[oldHashes.length * 2];
        counts = new int[oldCounts.length * 2];
        distinct = 0;
        for (int i = 0; i < oldCounts.length; i++) {
            if (oldHashes[WORDS * i] != 0) {
                insert(oldHashes[WORDS * i], oldHashes[WORDS * i + 1], oldCounts[i]);
            }
        }
    }
}
