package org.saddlepoint;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/**
 * A run that ended.
 *
 * @param folder where it is
 * @param manifest how it ended, and after how many steps
 * @param data from which it learned
 * @param failed whether a failure ended it, which is thrown next
 * @param useWith what to do with it on the command line, in one line
 */
public record RunEnd(RunFolder folder, RunManifest manifest, Dataset data, boolean failed, String useWith) {}
