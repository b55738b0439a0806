package linnet.sim.dht;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.core.dht.DhtConfig;

/** What the tables of phones are worth that slept for a night while half of all others left each hour, and then had one window to wake up in. */
public final class SuspendScenario {
    private static final long JOINING_MILLIS = 5 * 60_000;
    private static final long AWAKE_MILLIS = 60 * 60_000;
    private static final long ASLEEP_MILLIS = 8 * 60 * 60_000L;
    private static final long WINDOW_MILLIS = 20_000;
    private static final double CHURN = 0.5;

    /** Phones are so many of the peers. */
    private static final int ONE_IN = 10;

    private SuspendScenario() {}

    /** Runs it and returns the figures by their names. */
    public static Map<String, Double> run(long seed, int peers, Gauge gauge) {
        DhtWorld world = new DhtWorld(seed, LookupOptions.LOSS, false);
        DhtConfig config = DhtConfig.defaults();
        Population others = new Population(world, config, LookupOptions.CLIENTS, CHURN);
        others.onAdmitted(DhtPeer::publishPresence);
        List<DhtPeer> phones = new ArrayList<>();
        others.found(peers - peers / ONE_IN, JOINING_MILLIS);
        for (int i = 0; i < peers / ONE_IN; i++)
            world.after(JOINING_MILLIS * i / (peers / ONE_IN), () -> phones.add(others.settleForEver(false)));
        world.run(AWAKE_MILLIS);
        double before = answering(phones);
        gauge.say("asleep; of the entries " + before + " answer");
        for (DhtPeer phone : phones) world.sleep(phone.host, true);
        for (long hour = 1; hour * 3_600_000 <= ASLEEP_MILLIS; hour++) {
            world.run(AWAKE_MILLIS + hour * 3_600_000);
            gauge.say(hour + " h asleep, " + world.events() + " events");
        }
        double asleep = answering(phones);
        for (DhtPeer phone : phones) {
            world.sleep(phone.host, false);
            phone.dht.onWindow();
        }
        world.run(AWAKE_MILLIS + ASLEEP_MILLIS + WINDOW_MILLIS);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("answering_share", answering(phones));
        figures.put("answering_share_before", before);
        figures.put("answering_share_asleep", asleep);
        figures.put("entries_mean", entries(phones));
        figures.put("phones", (double) phones.size());
        return figures;
    }

    private static double answering(List<DhtPeer> phones) {
        int entries = 0;
        int gone = 0;
        for (DhtPeer phone : phones) {
            int[] counts = phone.tableEntries();
            entries += counts[0];
            gone += counts[1];
        }
        return LookupScenario.share(entries - gone, entries);
    }

    private static double entries(List<DhtPeer> phones) {
        int entries = 0;
        for (DhtPeer phone : phones) entries += phone.tableEntries()[0];
        return LookupScenario.share(entries, phones.size());
    }
}
