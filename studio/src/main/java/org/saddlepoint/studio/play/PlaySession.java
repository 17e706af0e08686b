package org.saddlepoint.studio.play;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.saddlepoint.studio.server.EventStream;
import org.saddlepoint.studio.server.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The games of one browser, on a thread of their own: one, or two side by side from the same seed. What is to be done comes in
 * as actions; what is seen goes out as events {@code frame}, of which a slow browser gets only the newest.
 */
final class PlaySession implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PlaySession.class);
    private static final long NANOS_BETWEEN_FRAMES = 1_000_000_000L / 40;

    /** A game that nobody pauses ends here. */
    private static final long MOST_STEPS = 200_000;

    private final EventStream stream;
    private final BlockingQueue<Runnable> actions = new LinkedBlockingQueue<>(64);
    private final List<PlayLane> lanes = new ArrayList<>();
    private boolean running;
    private int stepsPerFrame = 1;

    PlaySession(EventStream stream) {
        this.stream = stream;
    }

    /** Does something on the session's thread; false if too much waits already. */
    boolean offer(Runnable action) {
        return actions.offer(action);
    }

    /** Begins new games, paused. */
    void setUp(List<PlaySettings> settings) {
        closeLanes();
        settings.forEach(each -> lanes.add(new PlayLane(each)));
        running = false;
        sendReal();
        send();
    }

    /** Changes settings on the way. */
    void change(int lane, PlaySettings settings) {
        if (lane < lanes.size()) {
            lanes.get(lane).change(settings);
            sendReal();
            send();
        }
    }

    void run(int steps) {
        stepsPerFrame = Math.max(1, Math.min(50, steps));
        running = true;
    }

    void pause() {
        running = false;
        send();
    }

    void step() {
        running = false;
        lanes.forEach(lane -> lane.train(1));
        send();
    }

    void rewind(long step) {
        running = false;
        for (PlayLane lane : lanes) {
            lane.rewind(Math.max(0, Math.min(step, lane.game().steps())));
        }
        sendReal();
        send();
    }

    @Override
    public void run() {
        try {
            long next = System.nanoTime();
            while (!stream.hasEnded()) {
                long wait = running ? Math.max(0, next - System.nanoTime()) : TimeUnit.MILLISECONDS.toNanos(250);
                Runnable action = actions.poll(wait, TimeUnit.NANOSECONDS);
                if (action != null) {
                    perform(action);
                } else if (running) {
                    next = System.nanoTime() + NANOS_BETWEEN_FRAMES;
                    perform(this::frame);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeLanes();
        }
    }

    private void frame() {
        lanes.forEach(lane -> lane.train(stepsPerFrame));
        running = lanes.stream()
                .anyMatch(lane -> lane.failure() == null && lane.game().steps() < MOST_STEPS);
        send();
    }

    private void perform(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException refused) {
            LOG.debug("an action of a game failed", refused);
            running = false;
            stream.send("refused", Json.text(String.valueOf(refused.getMessage())));
        }
    }

    private void sendReal() {
        stream.send(
                "real", Json.text(lanes.stream().map(lane -> lane.game().real()).toList()));
    }

    private void send() {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("running", running);
        frame.put("lanes", lanes.stream().map(PlaySession::json).toList());
        stream.sendNewest("frame", Json.text(frame));
    }

    private static Map<String, Object> json(PlayLane lane) {
        PlayGame.Look look = lane.game().look();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", look.step());
        json.put("d", finite(look.discriminatorLoss()));
        json.put("g", finite(look.generatorLoss()));
        json.put("modes", look.modes());
        json.put("ofModes", look.ofModes());
        json.put("fake", rounded(look.fake()));
        json.put("arrows", rounded(look.arrows()));
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float cell : look.cells()) {
            least = Math.min(least, cell);
            most = Math.max(most, cell);
        }
        json.put("least", finite(least));
        json.put("most", finite(most));
        json.put("cells", bytes(look.cells(), least, most));
        json.put("failure", String.valueOf(lane.failure() == null ? "" : lane.failure()));
        return json;
    }

    private static double finite(double x) {
        return Double.isFinite(x) ? x : 0;
    }

    private static int[] rounded(float[] numbers) {
        int[] thousandths = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            thousandths[i] = Math.round(1000 * numbers[i]);
        }
        return thousandths;
    }

    private static String bytes(float[] cells, float least, float most) {
        byte[] bytes = new byte[cells.length];
        for (int i = 0; i < cells.length; i++) {
            bytes[i] = (byte) Math.round(255 * (cells[i] - least) / Math.max(1e-12f, most - least));
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void closeLanes() {
        lanes.forEach(PlayLane::close);
        lanes.clear();
    }
}
