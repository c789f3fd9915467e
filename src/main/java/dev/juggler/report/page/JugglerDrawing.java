package dev.juggler.report.page;

import dev.juggler.report.ModelRuns;
import java.util.ArrayList;
import java.util.List;

/**
 * A drawing of a model as jugglers, one for each worker, with a ball for each task in flight, on a field 56 high.
 *
 * @param width the width of the field
 * @param figures the horizontal position of each juggler, from the left
 * @param balls the position of each ball
 * @param framed true to draw a frame around each juggler, as processes share nothing
 */
public record JugglerDrawing(String width, List<String> figures, List<Ball> balls, boolean framed) {
    private static final double FIGURE_WIDTH = 26;
    private static final int MAX_FIGURES = 9;
    private static final int MAX_BALLS = 64;
    private static final double CENTER = 36;

    /** The height of the hands, where the arcs begin. */
    private static final double HANDS_Y = 36;

    private static final double INNER_RADIUS = 11;
    private static final double BALL_SPACING = 4.9;

    /** The centre of a ball. */
    public record Ball(String x, String y) {}

    static JugglerDrawing of(ModelRuns model) {
        return model.workers() == 1 && model.inFlight() > 1 ? oneFigure(model.inFlight()) : figurePerWorker(model);
    }

    private static JugglerDrawing figurePerWorker(ModelRuns model) {
        int count = Math.min(MAX_FIGURES, model.workers());
        List<String> figures = new ArrayList<>();
        List<Ball> balls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = FIGURE_WIDTH / 2 + i * FIGURE_WIDTH;
            figures.add(Svg.number(x));
            balls.add(ball(x + 7 * Math.cos(i * 2.4), 20 + 4 * Math.sin(i * 2.4)));
        }
        return new JugglerDrawing(
                Svg.number(count * FIGURE_WIDTH), figures, balls, model.model().equals("processes"));
    }

    /** Places the balls on arcs over one figure, filling the inner arcs first. */
    private static JugglerDrawing oneFigure(int inFlight) {
        int count = Math.min(MAX_BALLS, inFlight);
        List<Ball> balls = new ArrayList<>();
        double radius = INNER_RADIUS;
        while (balls.size() < count) {
            int onArc = Math.min(count - balls.size(), (int) (Math.PI * radius / BALL_SPACING));
            for (int i = 0; i < onArc; i++) {
                double angle = Math.PI * (i + 0.5) / onArc;
                balls.add(ball(CENTER - radius * Math.cos(angle), HANDS_Y - radius * Math.sin(angle)));
            }
            radius += BALL_SPACING;
        }
        return new JugglerDrawing(Svg.number(2 * CENTER), List.of(Svg.number(CENTER)), balls, false);
    }

    private static Ball ball(double x, double y) {
        return new Ball(Svg.number(x), Svg.number(y));
    }

    static String caption(ModelRuns model) {
        if (model.workers() == 1) {
            return model.inFlight() == 1 ? "One juggler, one ball." : "One juggler, " + model.inFlight() + " balls.";
        }
        return switch (model.model()) {
            case "virtual" -> model.workers() + " lightweight jugglers, one ball each.";
            case "processes" -> model.workers() + " jugglers, each in a separate room.";
            default -> model.workers() + " jugglers, one ball each.";
        };
    }
}
