/** Optimizers: what a gradient does to a weight. State is named tensors; updates are fused native operations. */
@NullMarked
package org.saddlepoint.optim;

import org.jspecify.annotations.NullMarked;
