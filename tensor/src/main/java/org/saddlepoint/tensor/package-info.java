/** Placeholder of the first commit. */
@NullMarked
package org.saddlepoint.tensor;

import org.jspecify.annotations.NullMarked;
