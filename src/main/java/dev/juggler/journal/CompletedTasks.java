package dev.juggler.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How often each key has succeeded in a journal: a multiset in 40 to 80 bytes a key, however long the keys are, since a
 * resumed run may have many millions. Keys are told apart by 127 bits of their SHA-256. Confined to one thread at a
 * time.
 */
public final class CompletedTasks {
    private static final int WORDS = 2;
    private MessageDigest digest;
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

    /** No keys. */
    public CompletedTasks() {}

    /** Adds one success of this key. */
    void add(String key) {
        if (distinct * 2 > counts.length) {
            grow();
        }
        ByteBuffer hash = hash(key);
        insert(hash.getLong(0) | 1, hash.getLong(8), 1);
        size++;
        initialSize++;
    }

    /** Takes one success of this key out; false when none is left. */
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

    /** Returns whether all have been taken. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** How many successes there were before any was taken. */
    public long initialSize() {
        return initialSize;
    }

    private ByteBuffer hash(String key) {
        if (digest == null) {
            // Not before there are keys: Java takes a while to find its first digest, and most runs resume nothing.
            digest = sha256();
        }
        return ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** The slot of this hash, or the free slot where it belongs. The first word is never 0 in a taken slot. */
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
