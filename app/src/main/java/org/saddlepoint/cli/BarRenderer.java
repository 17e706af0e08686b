package org.saddlepoint.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/** The bar in as many columns as there are; where they do not suffice, what is said behind it is cut. */
final class BarRenderer implements ProgressBarRenderer {
    private static final int NARROWEST = 8;
    private static final int WIDEST = 40;

    @Override
    public String render(ProgressState progress, int columns) {
        double share = progress.getMax() == 0 ? 1 : progress.getCurrent() / (double) progress.getMax();
        String before = String.format(Locale.ROOT, "%3d%% [", Math.round(Math.floor(100 * share)));
        String behind = "] " + progress.getCurrent() + "/" + progress.getMax() + progress.getExtraMessage();
        int width = Math.max(NARROWEST, Math.min(WIDEST, columns - before.length() - behind.length()));
        int done = (int) (share * width);
        String line = before + "=".repeat(done) + " ".repeat(width - done) + behind;
        // Always as long, so that nothing of a longer line before stays visible.
        return line.length() < columns ? line + " ".repeat(columns - line.length()) : line.substring(0, columns);
    }
}
