/** The command line. */
@NullMarked
package org.saddlepoint.cli;

import org.jspecify.annotations.NullMarked;
