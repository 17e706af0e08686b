/** The symptoms: one class each, with its signals, thresholds and their sources. */
@NullMarked
package org.saddlepoint.diagnostics.symptoms;

import org.jspecify.annotations.NullMarked;
