/**
 * Trains runs and uses trained models: all that a program needs which only wants results. {@link org.saddlepoint.Run} trains
 * and resumes, {@link org.saddlepoint.TrainedGenerator} and {@link org.saddlepoint.TrainedTranslator} use what was trained.
 * The command line is a thin layer over these.
 */
@NullMarked
package org.saddlepoint;

import org.jspecify.annotations.NullMarked;
