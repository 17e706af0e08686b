/**
 * What the browser is told of runs. They are read from their folders alone, so that they may be those of other processes and
 * machines; logs of any length are sampled and followed at their end, never read as a whole.
 */
@NullMarked
package org.saddlepoint.studio.runs;

import org.jspecify.annotations.NullMarked;
