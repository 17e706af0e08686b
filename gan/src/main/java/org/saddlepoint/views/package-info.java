/** What discriminators see of samples: noise, and what else changes real and generated samples before D. */
@NullMarked
package org.saddlepoint.views;

import org.jspecify.annotations.NullMarked;
