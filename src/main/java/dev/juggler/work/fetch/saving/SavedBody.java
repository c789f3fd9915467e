package dev.juggler.work.fetch.saving;

import org.jspecify.annotations.Nullable;

/**
 * A complete body.
 *
 * @param path its final path; null when it was only checked
 * @param size its bytes, including those of earlier attempts
 * @param sha256 in lower-case hexadecimal; null when it was not requested
 */
public record SavedBody(
        @Nullable String path, long size, @Nullable String sha256) {}
