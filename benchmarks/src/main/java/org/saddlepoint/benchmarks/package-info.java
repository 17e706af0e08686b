/** How fast a training step is, and beside it the same work in PyTorch. */
@NullMarked
package org.saddlepoint.benchmarks;

import org.jspecify.annotations.NullMarked;
