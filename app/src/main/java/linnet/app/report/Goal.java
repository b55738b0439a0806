package linnet.app.report;

/**
 * What a figure has to reach.
 *
 * @param name the figure
 * @param op how it is compared with the value
 * @param value the bound
 * @param bindsBy what the goal names beside its value ({@code seeds}, {@code cycles}, {@code seconds}), a figure or a
 *     number of the configuration; empty when it always binds
 * @param bindsFrom the goal binds from that many on
 */
public record Goal(String name, Op op, double value, String bindsBy, long bindsFrom) {
    /** How a figure is compared. */
    public enum Op {
        /** The figure is at most the value. */
        AT_MOST("<="),
        /** The figure is at least the value. */
        AT_LEAST(">="),
        /** The figure is the value. */
        EXACTLY("==");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        /** Returns the sign that is printed. */
        public String sign() {
            return sign;
        }

        boolean holds(double figure, double value) {
            return switch (this) {
                case AT_MOST -> figure <= value;
                case AT_LEAST -> figure >= value;
                case EXACTLY -> Double.compare(figure, value) == 0;
            };
        }
    }

    /** The figure must be at most {@code value}. */
    public static Goal atMost(String name, double value) {
        return new Goal(name, Op.AT_MOST, value, "", 0);
    }

    /** The figure must be at least {@code value}. */
    public static Goal atLeast(String name, double value) {
        return new Goal(name, Op.AT_LEAST, value, "", 0);
    }

    /** The figure must be {@code value}. */
    public static Goal exactly(String name, double value) {
        return new Goal(name, Op.EXACTLY, value, "", 0);
    }

    /** The same goal, binding only from {@code from} of {@code what} on; a shorter run prints it as a stretch goal. */
    public Goal from(long from, String what) {
        return new Goal(name, op, value, what, from);
    }
}
