package dev.juggler.report.page;

import dev.juggler.report.ModelRuns;
import java.util.ArrayList;
import java.util.List;

/**
 * Who juggles what: figures side by side on a field 56 high, and their balls.
 *
 * @param width of the field
 * @param figures where each stands, from the left
 * @param balls where each ball is
 * @param framed whether each stands in a room of its own
 */
public record JugglerDrawing(String width, List<String> figures, List<Ball> balls, boolean framed) {
    private static final double STEP = 26;
    private static final int MOST_FIGURES = 9;
    private static final int MOST_BALLS = 64;
    private static final double MIDDLE = 36;

    /** As high as the hands: where the arcs begin. */
    private static final double HANDS = 36;

    private static final double INNERMOST = 11;
    private static final double BALL_ROOM = 4.9;

    /** The centre of a ball. */
    public record Ball(String x, String y) {}

    static JugglerDrawing of(ModelRuns model) {
        return model.workers() == 1 && model.inFlight() > 1 ? oneWith(model.inFlight()) : many(model);
    }

    private static JugglerDrawing many(ModelRuns model) {
        int count = Math.min(MOST_FIGURES, model.workers());
        List<String> figures = new ArrayList<>();
        List<Ball> balls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = STEP / 2 + i * STEP;
            figures.add(Svg.number(x));
            balls.add(ball(x + 7 * Math.cos(i * 2.4), 20 + 4 * Math.sin(i * 2.4)));
        }
        return new JugglerDrawing(
                Svg.number(count * STEP), figures, balls, model.model().equals("processes"));
    }

    /** Balls on arcs over one figure, the inner arcs first. */
    private static JugglerDrawing oneWith(int inFlight) {
        int count = Math.min(MOST_BALLS, inFlight);
        List<Ball> balls = new ArrayList<>();
        double radius = INNERMOST;
        while (balls.size() < count) {
            int onArc = Math.min(count - balls.size(), (int) (Math.PI * radius / BALL_ROOM));
            for (int i = 0; i < onArc; i++) {
                double angle = Math.PI * (i + 0.5) / onArc;
                balls.add(ball(MIDDLE - radius * Math.cos(angle), HANDS - radius * Math.sin(angle)));
            }
            radius += BALL_ROOM;
        }
        return new JugglerDrawing(Svg.number(2 * MIDDLE), List.of(Svg.number(MIDDLE)), balls, false);
    }

    private static Ball ball(double x, double y) {
        return new Ball(Svg.number(x), Svg.number(y));
    }

    static String caption(ModelRuns model) {
        if (model.workers() == 1) {
            return model.inFlight() == 1 ? "One juggler, one ball." : "One juggler, " + model.inFlight() + " balls.";
        }
        return switch (model.model()) {
            case "virtual" -> model.workers() + " light jugglers, one ball each.";
            case "processes" -> model.workers() + " jugglers in rooms of their own.";
            default -> model.workers() + " jugglers, one ball each.";
        };
    }
}
