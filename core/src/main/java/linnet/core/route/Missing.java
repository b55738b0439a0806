package linnet.core.route;

import java.util.List;
import linnet.core.env.Failure;

/** Says in words what a message to a peer that was not found waits for: what failed, and what the network knows beside it. */
final class Missing {
    private Missing() {}

    /** Returns the failure that says most, with what the lookup adds to it. */
    static Failure words(Failure most, List<Found.Miss> misses) {
        String network = "";
        for (Found.Miss miss : misses) if (miss.rung() == Rung.DHT) network = ofNetwork(miss);
        return network.isEmpty() ? most : new Failure(most.code(), sentence(most.detail()) + "; " + network);
    }

    private static String ofNetwork(Found.Miss miss) {
        if (!miss.where().isEmpty()) return "the address that the network knows did not help either";
        return switch (miss.why().code()) {
            case NO_CONNECTION -> "nobody else can be asked yet";
            case NOT_FOUND -> "the network knows no other address";
            case TIMEOUT -> "too few of the network answered to know another";
            default -> "the network did not say more";
        };
    }

    /** A sentence that goes on has no full stop. */
    private static String sentence(String detail) {
        return detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
    }
}
