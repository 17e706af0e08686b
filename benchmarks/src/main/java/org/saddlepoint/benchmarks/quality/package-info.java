/** How good samples are after how many minutes, and beside it settings in PyTorch that people copy. */
@NullMarked
package org.saddlepoint.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
