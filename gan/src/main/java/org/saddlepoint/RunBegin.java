package org.saddlepoint;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/**
 * A run that is about to train.
 *
 * @param folder where it is
 * @param manifest what it is
 * @param recipe by which it trains
 * @param data from which it learns
 * @param networks the networks and their sizes, in one line
 * @param step how many steps an earlier process did
 */
public record RunBegin(
        RunFolder folder, RunManifest manifest, Recipe recipe, Dataset data, String networks, long step) {}
