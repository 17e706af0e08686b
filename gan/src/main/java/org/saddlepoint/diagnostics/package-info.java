/**
 * Diagnosis: signals measured while a run trains, symptoms that look at them, and what is said of a run.
 *
 * <p>A {@link org.saddlepoint.diagnostics.Probe} measures a {@link org.saddlepoint.diagnostics.Reading} now and then; {@link
 * org.saddlepoint.diagnostics.Symptom}s look at all readings so far; a {@link org.saddlepoint.diagnostics.Watch} notes what is
 * found and what heals. The same watch runs live and, over what is on disk, afterwards.
 */
@NullMarked
package org.saddlepoint.diagnostics;

import org.jspecify.annotations.NullMarked;
