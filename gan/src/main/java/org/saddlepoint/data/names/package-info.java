/**
 * Names of files as others wrote them: bytes without a known encoding, and accents that are composed or not.
 * {@link org.saddlepoint.data.names.NameDecoder} finds the encoding of all names of an archive or a folder together;
 * {@link org.saddlepoint.data.names.ComposedNames} makes names comparable.
 */
@NullMarked
package org.saddlepoint.data.names;

import org.jspecify.annotations.NullMarked;
