/** Trained models behind HTTP, for programs: samples and translations, bounded in number, size, time and memory. */
@NullMarked
package org.saddlepoint.studio.serve;

import org.jspecify.annotations.NullMarked;
