package linnet.bench;

import linnet.app.cli.Group;
import linnet.bench.dht.DhtBench;
import linnet.bench.link.LinkBench;
import linnet.bench.message.MessageBench;
import linnet.bench.page.PageBench;
import linnet.bench.start.StartBench;
import picocli.CommandLine.Command;

/** {@code linnet bench}: how fast it is, beside the limit of the machine and beside others. */
@Command(
        name = "bench",
        description = "Measure links, messages, the network, starts and the page.",
        subcommands = {LinkBench.class, MessageBench.class, DhtBench.class, StartBench.class, PageBench.class})
final class BenchVerb implements Group {}
