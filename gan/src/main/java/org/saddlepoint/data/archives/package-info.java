/**
 * Archives of files, read where they lie. {@link org.saddlepoint.data.archives.ZipArchive} reads zips as programs of every
 * age write them; {@link org.saddlepoint.data.archives.OtherArchive} names the archives that are not read.
 */
@NullMarked
package org.saddlepoint.data.archives;

import org.jspecify.annotations.NullMarked;
