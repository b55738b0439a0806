package linnet.sim.dht;

import linnet.core.env.Chance;
import linnet.sim.host.Seed;

/**
 * What one seed of a campaign is: a story, how many live in it, and what goes wrong around it.
 *
 * @param seed decides everything
 * @param story what happens
 * @param peers how many, 50 to 200
 * @param loss share of packets that vanish, 0 to 0.08
 * @param clients share of the peers that strangers cannot reach, 0 to 0.3
 * @param churn departures in an hour as a share of the peers, 0 to 1
 * @param bridges peers that route and keep nothing, 0 to 5
 * @param isReal whether questions travel in real sealed packets
 * @param weather what else happens to packets, where they are real
 */
record CampaignOptions(
        long seed,
        Story story,
        int peers,
        double loss,
        double clients,
        double churn,
        int bridges,
        boolean isReal,
        HostPackets.Weather weather) {
    /** One seed in so many has real packets, which cost ten times as much. */
    private static final int REAL_ONE_IN = 4;

    /** What happens to a network. */
    enum Story {
        /** People come and go, and look each other up. */
        LOOKUP,
        /** All start at once. */
        JOIN,
        /** All links and ways are gone for a minute. */
        BLACKOUT,
        /** Two halves live on alone. */
        PARTITION,
        /** Many peers of one mind. */
        SYBIL,
        /** Phones sleep for hours. */
        SUSPEND,
        /** Owners leave, and their records stay. */
        REPUBLISH
    }

    /** Draws what a seed is. Stories take turns, so that every one appears. */
    static CampaignOptions of(long seed) {
        Chance chance = new Seed(seed).stream("campaign", 0);
        Story[] stories = Story.values();
        Story story = stories[(int) Math.floorMod(seed, (long) stories.length)];
        return new CampaignOptions(
                seed,
                story,
                Seed.between(chance, 50, 200),
                Seed.share(chance, 0.08),
                Seed.share(chance, 0.3),
                chance.happens(0.3) ? 0 : Seed.share(chance, 1),
                chance.below(6),
                Math.floorMod(seed / stories.length, (long) REAL_ONE_IN) == 0,
                new HostPackets.Weather(Seed.share(chance, 0.2), Seed.share(chance, 0.2), Seed.share(chance, 0.01)));
    }
}
