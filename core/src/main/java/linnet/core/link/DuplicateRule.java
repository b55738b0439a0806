package linnet.core.link;

import linnet.core.id.PeerId;

/**
 * Which of two links to one peer stays. Both ends judge alone and come to the same answer.
 *
 * <ol>
 *   <li>A higher incarnation wins: the other link leads to a process that is gone.
 *   <li>Of two that the same side dialled, the later one: nobody dials while a link is up, so for the dialler the earlier one is gone.
 *   <li>One that was dialled when the other was surely up at both ends wins, for the same reason: the other end has lost the other
 *       one, and this end only has not noticed yet.
 *   <li>Else both dialled at the same moment, and the one dialled by the greater peer id stays.
 * </ol>
 */
final class DuplicateRule {
    private DuplicateRule() {}

    /**
     * What is known of a link.
     *
     * @param incarnation of the peer
     * @param dialledHere whether this side dialled
     * @param openedMillis when its channel opened
     * @param upMillis when it was up here; the newcomer's is now
     */
    record Claim(long incarnation, boolean dialledHere, long openedMillis, long upMillis) {}

    /** Who stays. */
    enum Verdict {
        /** The link that was there stays; the newcomer drains. */
        OLD,
        /** The newcomer stays; the other one drains. */
        NEWCOMER,
        /** The newcomer stays, and nobody is at the other end of the other one. */
        NEWCOMER_OF_NEW_LIFE
    }

    /** Judges between a link that is up and one that has just proved itself. */
    static Verdict judge(PeerId self, PeerId peer, Claim old, Claim newcomer) {
        if (newcomer.incarnation != old.incarnation)
            return newcomer.incarnation > old.incarnation ? Verdict.NEWCOMER_OF_NEW_LIFE : Verdict.OLD;
        if (newcomer.dialledHere == old.dialledHere) return newcomerIf(newcomer.openedMillis >= old.openedMillis);
        boolean dialledLater = newcomer.openedMillis - old.upMillis > LinkConfig.DIAL_MILLIS;
        if (!newcomer.dialledHere && dialledLater) return Verdict.NEWCOMER;
        boolean selfIsGreater = self.compareTo(peer) > 0;
        return newcomerIf(newcomer.dialledHere == selfIsGreater);
    }

    private static Verdict newcomerIf(boolean stays) {
        return stays ? Verdict.NEWCOMER : Verdict.OLD;
    }
}
