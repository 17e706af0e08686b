package org.saddlepoint.data;

/**
 * One file of a data set, as far as a fingerprint covers it.
 *
 * @param name relative, with forward slashes
 * @param bytes its length
 * @param checksum of its content where the container stores one, as zips do, else 0
 * @param width columns of pixels, as stored
 * @param height rows of pixels, as stored
 * @param label the name of its class; empty where there are no labels
 */
public record DataFile(String name, long bytes, long checksum, int width, int height, String label) {}
