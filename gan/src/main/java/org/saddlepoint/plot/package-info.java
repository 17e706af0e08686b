/**
 * Draws sheets of samples, loss curves, scatter plots and figures of several panels, as PNG and SVG.
 *
 * <p>{@link org.saddlepoint.plot.SampleSheet} and {@link org.saddlepoint.plot.LabelledSheet} show images, {@link
 * org.saddlepoint.plot.Plots} the progress of a run, and {@link org.saddlepoint.plot.Figure} any panels side by side.
 * Everything is drawn from arrays of numbers, without tensors and without a display. Files appear whole or not at all.
 */
@NullMarked
package org.saddlepoint.plot;

import org.jspecify.annotations.NullMarked;
