package dev.juggler.work.fetch.saving;

/**
 * A body that is whole.
 *
 * @param path where it lies under its final name; null when it was only checked
 * @param size in bytes, with those of tries before
 * @param sha256 in lower-case hexadecimal; null when it was not asked for
 */
public record SavedBody(String path, long size, String sha256) {}
