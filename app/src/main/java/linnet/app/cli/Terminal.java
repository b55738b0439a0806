package linnet.app.cli;

import java.io.Console;
import java.io.PrintWriter;

/** What the terminal can do. Plain when it is none, when it is a poor one, or when NO_COLOR is set. */
final class Terminal {
    private static final String ESCAPE = "\u001b[";
    private static final int COLUMNS_USUAL = 80;

    private final PrintWriter out;
    private final boolean rich;

    Terminal(PrintWriter out) {
        this.out = out;
        this.rich = isRich();
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 17 has no console without a terminal; newer ones are asked below
    private static boolean isRich() {
        String noColor = System.getenv("NO_COLOR");
        String kind = System.getenv("TERM");
        if (noColor != null && !noColor.isEmpty()) return false;
        if (kind == null || kind.equals("dumb")) return false;
        Console console = System.console();
        if (console == null) return false;
        try {
            // From JDK 22 on there is a console even when there is no terminal, and it says which.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    boolean rich() {
        return rich;
    }

    void line(String text) {
        if (rich) out.print("\r" + ESCAPE + "2K");
        out.println(text);
        out.flush();
    }

    /** Writes over a line that is {@code up} lines above, and returns to where the cursor was. */
    void over(int up, String text) {
        out.print("\u001b7" + ESCAPE + up + "A\r" + ESCAPE + "2K" + text + "\u001b8");
        out.flush();
    }

    /** Takes the line away that the person has just typed: it comes again with its ticks. */
    void takeBackTyped() {
        out.print(ESCAPE + "1A\r" + ESCAPE + "2K");
        out.flush();
    }

    /** Returns whether a text fits into one line of the screen. */
    static boolean fits(String text) {
        return text.length() < columns() && text.indexOf('\n') < 0;
    }

    /** Returns how many characters fit into one line of the screen, as far as the shell tells. */
    static int columns() {
        String columns = System.getenv("COLUMNS");
        if (columns == null || columns.isEmpty() || !columns.chars().allMatch(c -> c >= '0' && c <= '9'))
            return COLUMNS_USUAL;
        return Math.min(1_000, Integer.parseInt(columns.substring(0, Math.min(4, columns.length()))));
    }

    /** Returns a text in less light. */
    String quiet(String text) {
        return rich ? ESCAPE + "2m" + text + ESCAPE + "0m" : text;
    }

    /** Returns a text in strong letters. */
    String strong(String text) {
        return rich ? ESCAPE + "1m" + text + ESCAPE + "0m" : text;
    }
}
