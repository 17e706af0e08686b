/** Saddlepoint in a browser: runs, models and games in the plane, seen and steered. */
@NullMarked
package org.saddlepoint.studio;

import org.jspecify.annotations.NullMarked;
