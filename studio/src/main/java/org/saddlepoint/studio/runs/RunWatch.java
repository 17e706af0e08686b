package org.saddlepoint.studio.runs;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.server.EventStream;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.RefusedException;

/** Tells one browser what happens to one run. */
final class RunWatch {
    private final RunsFolder folder;
    private final String id;
    private final EventStream stream;
    private final RunReader reader;
    private final Map<String, LogTail> tails;
    private @Nullable RunSummary told;

    /** @throws RefusedException if there is no such run */
    RunWatch(RunsFolder folder, String id, EventStream stream) {
        this.folder = folder;
        this.id = id;
        this.stream = stream;
        RunFolder run = folder.run(id);
        reader = new RunReader(folder, id);
        tails = Map.of(
                "metrics", new LogTail(run.metricsFile()),
                "evaluations", new LogTail(run.evaluationsFile()),
                "diagnosis", new LogTail(run.diagnosisFile()));
    }

    /** Looks at the run, and tells what is new. */
    void look() {
        try {
            folder.run(id);
        } catch (RefusedException gone) {
            stream.send("gone", "{}");
            stream.close();
            return;
        }
        tails.forEach((name, tail) -> {
            LogTail.News news = tail.poll();
            if (news.restarted()) {
                stream.send("restarted", Json.text(name));
            } else if (!news.lines().isEmpty()) {
                stream.send(name, Json.text(json(news.lines())));
            }
        });
        RunSummary now = reader.read();
        if (!now.equals(told)) {
            told = now;
            stream.send("summary", Json.text(now));
        }
    }

    private static List<Object> json(List<LogLine> lines) {
        return lines.stream().<Object>map(LogLine::json).toList();
    }
}
