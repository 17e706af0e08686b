/** Trained networks for other programs. */
@NullMarked
package org.saddlepoint.export;

import org.jspecify.annotations.NullMarked;
