package linnet.app.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Nearest {
    /** More changes than this (and more than half of the word) are another word, no typing error. */
    private static final int CHANGES_MAX = 3;

    private Nearest() {}

    /** Returns the word nearest to {@code typed}, if one is near. */
    public static Optional<String> of(String typed, Collection<String> words) {
        String best = "";
        int fewest = Math.min(CHANGES_MAX, typed.length() / 2) + 1;
        for (String word : words) {
            int changes = changes(typed, word);
            if (changes >= fewest) continue;
            fewest = changes;
            best = word;
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Levenshtein 1966: the fewest characters inserted, removed or replaced. */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) row[j] = j;
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
