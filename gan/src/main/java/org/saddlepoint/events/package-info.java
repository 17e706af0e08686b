/** The event files that TensorBoard reads, written from the files of a run. */
@NullMarked
package org.saddlepoint.events;

import org.jspecify.annotations.NullMarked;
