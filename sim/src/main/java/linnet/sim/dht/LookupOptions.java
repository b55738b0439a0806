package linnet.sim.dht;

/**
 * How large a measured network is, and what happens in it.
 *
 * @param seed decides everything
 * @param peers alive at any time, 20 to 1,000,000
 * @param churn departures in an hour as a share of the peers, each replaced by a newcomer; 0 for none
 * @param warmUpMinutes before anything is measured
 * @param minutes measured
 * @param lookups spread over the measured time
 * @param alpha questions at once, 0 for the default
 * @param replicas holders of a record, 0 for what its kind says
 * @param isCached whether contacts that are looked up often are kept
 * @param isLinked whether questions travel over links, dialled first, rather than in packets
 */
public record LookupOptions(
        long seed,
        int peers,
        double churn,
        int warmUpMinutes,
        int minutes,
        int lookups,
        int alpha,
        int replicas,
        boolean isCached,
        boolean isLinked) {
    /** Share of packets that vanish. */
    static final double LOSS = 0.01;

    /** Share of the peers whose address translation lets no stranger in. */
    static final double CLIENTS = 0.2;

    /** Checks the ranges. */
    public LookupOptions {
        if (peers < 20) throw new IllegalArgumentException("peers: " + peers);
        if (!(churn >= 0 && churn <= 10)) throw new IllegalArgumentException("churn: " + churn);
        if (warmUpMinutes < 1 || minutes < 1 || lookups < 1) throw new IllegalArgumentException("nothing to measure");
    }
}
