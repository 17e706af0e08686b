/** One small program a method; the README's snippets come from here. */
@NullMarked
package org.saddlepoint.examples;

import org.jspecify.annotations.NullMarked;
