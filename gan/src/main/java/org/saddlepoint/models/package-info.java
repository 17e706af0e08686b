/** The networks of GANs: their roles, and families built from one config record each. */
@NullMarked
package org.saddlepoint.models;

import org.jspecify.annotations.NullMarked;
