/** Experiments of the lab in a browser: their settings, and what they found. */
@NullMarked
package org.saddlepoint.studio.lab;

import org.jspecify.annotations.NullMarked;
