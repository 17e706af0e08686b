/** Where files go that nobody named: caches and native libraries. */
@NullMarked
package org.saddlepoint.places;

import org.jspecify.annotations.NullMarked;
