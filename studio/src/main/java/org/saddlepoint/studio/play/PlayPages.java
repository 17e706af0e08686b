package org.saddlepoint.studio.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.saddlepoint.studio.server.AccessToken;
import org.saddlepoint.studio.server.EventStream;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.Pages;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.studio.server.Site;

/** Games in the plane, under {@code /api/play}. Nothing on disk changes. */
public final class PlayPages implements Pages {
    /** Each session computes all the time. */
    private static final int MOST_SESSIONS = 4;

    private static final int MOST_LANES = 2;

    private final Map<String, PlaySession> sessions = new ConcurrentHashMap<>();

    @Override
    public void addTo(RoutesConfig routes, Site site) {
        routes.get("/api/play/words", request -> Json.answer(request, words()));
        routes.get("/api/play/events", request -> {
            if (sessions.size() >= MOST_SESSIONS) {
                throw new RefusedException(503, "more than " + MOST_SESSIONS + " games are open; close some");
            }
            site.streams().answer(request, this::open);
        });
        routes.post("/api/play/do", this::act);
    }

    private static ObjectNode words() {
        ObjectNode answer = Json.object();
        answer.set("data", Json.tree(PlayData.WORDS));
        answer.set("objectives", Json.tree(PlaySettings.objectives()));
        answer.set("constraints", Json.tree(PlaySettings.constraints()));
        answer.put("cells", PlayGame.CELLS);
        answer.put("half", PlayGame.HALF);
        return answer;
    }

    private void open(EventStream stream) {
        String name = AccessToken.random().text();
        PlaySession session = new PlaySession(stream);
        sessions.put(name, session);
        stream.onEnd(() -> sessions.remove(name));
        Thread thread = new Thread(session, "studio-play");
        thread.setDaemon(true);
        thread.start();
        stream.send("session", Json.text(name));
    }

    private void act(Context request) {
        JsonNode body = Json.read(request);
        PlaySession session = sessions.get(body.path("session").asText());
        if (session == null) {
            throw RefusedException.missing("this game has ended; load the page again");
        }
        if (!session.offer(action(session, body))) {
            throw new RefusedException(503, "the game is busy; wait a moment");
        }
        Json.answer(request, Map.of());
    }

    private static Runnable action(PlaySession session, JsonNode body) {
        String word = body.path("action").asText();
        switch (word) {
            case "setup" -> {
                List<PlaySettings> lanes = new ArrayList<>();
                body.path("lanes").forEach(lane -> lanes.add(PlaySettings.read(lane)));
                if (lanes.isEmpty() || lanes.size() > MOST_LANES) {
                    throw RefusedException.wrong("expected one or two games but there were " + lanes.size());
                }
                return () -> session.setUp(lanes);
            }
            case "change" -> {
                PlaySettings settings = PlaySettings.read(body.path("settings"));
                int lane = body.path("lane").asInt();
                if (lane < 0 || lane >= MOST_LANES) {
                    throw RefusedException.wrong("there is no game " + lane);
                }
                return () -> session.change(lane, settings);
            }
            case "run" -> {
                return () -> session.run(body.path("steps").asInt(1));
            }
            case "pause" -> {
                return session::pause;
            }
            case "step" -> {
                return session::step;
            }
            case "rewind" -> {
                return () -> session.rewind(body.path("step").asLong());
            }
            default -> throw RefusedException.wrong("there is no action " + word);
        }
    }
}
