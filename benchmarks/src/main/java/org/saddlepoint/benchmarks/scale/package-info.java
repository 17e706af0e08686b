/** Steps of several processes: how fast they are beside one, what they exchange, and what that says of more of them. */
@NullMarked
package org.saddlepoint.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
