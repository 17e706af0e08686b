/** How good samples are: pure functions from samples to numbers, each named by its protocol. */
@NullMarked
package org.saddlepoint.metrics;

import org.jspecify.annotations.NullMarked;
