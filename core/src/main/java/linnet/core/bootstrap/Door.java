package linnet.core.bootstrap;

import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;

/**
 * A bootstrap node as a configuration names it: who must answer, and where a link to it begins. Written {@code peer1…@wss://host/}.
 *
 * @param peer who must answer: an address alone would let anybody on the way lead a newcomer astray
 * @param at where it is dialled; packets need a key that a configuration does not name, so no {@code udp}
 */
public record Door(PeerId peer, Endpoint at) {
    private static final char BETWEEN = '@';

    /** Checks that a link can lead there. */
    public Door {
        if (at.isForPackets()) throw new IllegalArgumentException("only packets go to " + at);
    }

    /** Reads the text form. Throws {@link IllegalArgumentException} with a sentence for a person. */
    public static Door parse(String text) {
        int at = text.indexOf(BETWEEN);
        if (at < 0) throw new IllegalArgumentException("no " + BETWEEN + " between the peer and its address: " + text);
        return new Door(PeerId.parse(text.substring(0, at)), new Endpoint(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return peer.toString() + BETWEEN + at;
    }
}
