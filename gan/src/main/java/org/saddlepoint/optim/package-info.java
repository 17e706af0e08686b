/** Optimizers, which update weights along gradients. Their state is named tensors; updates are fused native operations. */
@NullMarked
package org.saddlepoint.optim;

import org.jspecify.annotations.NullMarked;
