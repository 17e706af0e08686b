/** Measures of samples and features: pure functions in float64, each named and defined as its paper does. */
@NullMarked
package org.saddlepoint.metrics;

import org.jspecify.annotations.NullMarked;
