package dev.juggler.work.fetch;

/**
 * A body that lies under its final name.
 *
 * @param sha256 in lower-case hexadecimal; null when it was not asked for
 */
record Saved(String path, String sha256) {}
