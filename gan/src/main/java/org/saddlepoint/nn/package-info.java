/**
 * Layers that own weights, over the functional operations of {@link org.saddlepoint.tensor}.
 *
 * <p>State-dict names are PyTorch's, so that weights travel both ways.
 */
@NullMarked
package org.saddlepoint.nn;

import org.jspecify.annotations.NullMarked;
