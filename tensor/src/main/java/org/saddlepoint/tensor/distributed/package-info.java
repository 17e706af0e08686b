/**
 * Several processes that compute together, through c10d: who they are ({@link
 * org.saddlepoint.tensor.distributed.Launch}), what they do together ({@link
 * org.saddlepoint.tensor.distributed.ProcessGroup}), and which part of each batch is whose ({@link
 * org.saddlepoint.tensor.distributed.Ranks}).
 */
@NullMarked
package org.saddlepoint.tensor.distributed;

import org.jspecify.annotations.NullMarked;
