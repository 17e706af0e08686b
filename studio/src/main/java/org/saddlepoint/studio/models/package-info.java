/** Trained models in a browser: samples, walks between them, translations. */
@NullMarked
package org.saddlepoint.studio.models;

import org.jspecify.annotations.NullMarked;
