/**
 * What a run leaves on disk, written so that a crash loses nothing: manifest, metrics, samples, checkpoints and
 * figures.
 *
 * <p>{@link org.saddlepoint.run.RunFolder} knows the layout, and {@link org.saddlepoint.run.AtomicFiles} how to write
 * it: files appear whole or not at all. Nothing here needs tensors, so another process can watch a run with this
 * package alone. What a user can put right (a full disk, a folder that is no run) is a {@link
 * org.saddlepoint.run.RunException} of one line.
 */
@NullMarked
package org.saddlepoint.run;

import org.jspecify.annotations.NullMarked;
