package linnet.app.cli;

import picocli.CommandLine.Command;

/** Runs the simulator. */
@Command(
        name = "sim",
        description = "Run the whole protocol in virtual time, from seeds that anyone can replay.",
        subcommands = {
            SimTalk.class,
            SimDeterminism.class,
            SimLookup.class,
            SimJoin.class,
            SimBlackout.class,
            SimPartition.class,
            SimSybil.class,
            SimSuspend.class,
            SimRepublish.class,
            SimCampaign.class
        })
final class SimVerb implements Group {}
