/**
 * Reads picture files: one {@link org.saddlepoint.data.codecs.PictureCodec} per format, recognised by a file's first bytes.
 * {@link org.saddlepoint.data.codecs.PictureCodecs} lists them.
 */
@NullMarked
package org.saddlepoint.data.codecs;

import org.jspecify.annotations.NullMarked;
