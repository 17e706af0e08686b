/** Experiments whose outcome is known from theory. */
@NullMarked
package org.saddlepoint.lab;

import org.jspecify.annotations.NullMarked;
