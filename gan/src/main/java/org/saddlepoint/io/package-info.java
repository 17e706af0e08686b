/** Weights on disk. */
@NullMarked
package org.saddlepoint.io;

import org.jspecify.annotations.NullMarked;
