/**
 * The files of a run: manifest, metrics, samples and checkpoints, written so that a crash loses nothing.
 *
 * <p>{@link org.saddlepoint.run.RunFolder} knows the layout, and {@link org.saddlepoint.run.AtomicFiles} writes
 * atomically. Nothing here needs tensors, so another process can watch a run with this package alone. Problems that a
 * user can solve (a full disk, a folder that is no run) are {@link org.saddlepoint.run.RunException}s of one line.
 */
@NullMarked
package org.saddlepoint.run;

import org.jspecify.annotations.NullMarked;
