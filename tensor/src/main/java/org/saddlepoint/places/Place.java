package org.saddlepoint.places;

import java.nio.file.Path;

/**
 * A folder that was found to be usable.
 *
 * @param folder exists and can be written
 * @param remark what the user should know of it, in one line; empty if it is the usual one
 */
public record Place(Path folder, String remark) {}
