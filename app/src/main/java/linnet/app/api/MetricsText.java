package linnet.app.api;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import linnet.jvm.NodeMetrics;
import linnet.jvm.TimeHistogram;

/** What a node counts, as Prometheus reads it. No name, id or address of anybody is in it. */
public final class MetricsText {
    /** Media type of the text. */
    static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();

    private final List<MetricSnapshot> all = new ArrayList<>();

    private MetricsText() {}

    /** Returns the text. */
    public static String of(NodeMetrics metrics, String version) {
        MetricsText text = new MetricsText();
        text.gauge("linnet_build", "Which program this is.", 1, Labels.of("version", version));
        text.messages(metrics.messages());
        text.links(metrics.links());
        text.work(metrics.work());
        text.disk(metrics.disk());
        text.process();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            WRITER.write(bytes, new MetricSnapshots(text.all), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void messages(NodeMetrics.Messages messages) {
        counter("linnet_messages_accepted", "Own messages that were taken in.", messages.accepted());
        counter("linnet_messages_received", "Messages of others that were shown.", messages.received());
        counters("linnet_messages_stages", "How often an own message came to a stage.", "stage", messages.stages());
        gauge("linnet_messages_waiting", "Own messages that are not delivered yet.", messages.waitingNow());
        gauge("linnet_contacts", "Contacts.", messages.contactsNow());
        gauge("linnet_contacts_reached", "Contacts that are reached now.", messages.contactsReachedNow());
    }

    private void links(NodeMetrics.Links links) {
        all.add(GaugeSnapshot.builder()
                .name("linnet_links_up")
                .help("Links that are up, by who dialled.")
                .dataPoint(point(links.upDialledNow(), Labels.of("dialled", "here")))
                .dataPoint(point(links.upTakenNow(), Labels.of("dialled", "there")))
                .build());
        counter("linnet_channels_dialled", "Channels that were opened from here.", links.dialled());
        counter("linnet_channels_taken", "Channels that others opened.", links.taken());
        counter("linnet_links_ups", "Peers that were linked, strangers too.", links.ups());
        counters("linnet_links_downs", "Peers that are not linked any more, by cause.", "cause", links.downs());
        counters("linnet_channels_broken", "Channels that broke, by cause.", "cause", links.channelsBroken());
        traffic("sent", links.sent());
        traffic("received", links.received());
    }

    private void traffic(String way, NodeMetrics.Traffic traffic) {
        counter("linnet_frames_" + way, "Frames of protocols that were " + way + ".", traffic.frames());
        counter("linnet_records_" + way, "Sealed records that were " + way + ".", traffic.records());
        counter("linnet_record_bytes_" + way, "Bytes of sealed records that were " + way + ".", traffic.bytes());
    }

    private void work(NodeMetrics.Work work) {
        histogram("linnet_input_seconds", "How long the core took for an input.", work.inputs());
        gauge("linnet_inputs_waiting", "Inputs that wait for the core.", work.waitingNow());
        counter(
                "linnet_inputs_dropped",
                "Inputs that were dropped because of an error in the program.",
                work.dropped());
        counter("linnet_core_lives", "How often the core has begun; more than 1 is an error.", work.lives());
    }

    private void disk(NodeMetrics.Disk disk) {
        histogram("linnet_commit_seconds", "How long a commit took, until the disk had it.", disk.commits());
        counter("linnet_batches", "Batches that were committed.", disk.batches());
        gauge("linnet_batches_waiting", "Batches that wait for the disk.", disk.waitingBatchesNow());
        gauge("linnet_batches_waiting_bytes", "About what these hold.", disk.waitingBytesNow());
        counter("linnet_events", "Durable events since the home was made.", disk.lastEvent());
    }

    private void process() {
        Runtime vm = Runtime.getRuntime();
        gauge("linnet_heap_used_bytes", "Memory of the JVM that is in use.", vm.totalMemory() - vm.freeMemory());
        gauge("linnet_heap_max_bytes", "Most memory that the JVM may use.", vm.maxMemory());
    }

    private void counter(String name, String help, long value) {
        all.add(CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .value((double) value)
                        .build())
                .build());
    }

    private void counters(String name, String help, String label, Map<? extends Enum<?>, Long> values) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        Map<String, Long> sorted = new TreeMap<>();
        values.forEach((key, value) -> sorted.put(key.name().toLowerCase(Locale.ROOT), value));
        sorted.forEach((key, value) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(Labels.of(label, key))
                .value((double) value)
                .build()));
        all.add(counter.build());
    }

    private void gauge(String name, String help, long value) {
        gauge(name, help, value, Labels.EMPTY);
    }

    private void gauge(String name, String help, long value, Labels labels) {
        all.add(GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(value, labels))
                .build());
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(long value, Labels labels) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value((double) value)
                .labels(labels)
                .build();
    }

    private void histogram(String name, String help, TimeHistogram.Times times) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (TimeHistogram.Times.UpTo upTo : times.upTo()) {
            buckets.bucket(upTo.seconds(), upTo.count() - below); // each bucket for itself; the writer adds them up
            below = upTo.count();
        }
        buckets.bucket(Double.POSITIVE_INFINITY, times.count() - below);
        all.add(HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(times.sumSeconds())
                        .build())
                .build());
    }
}
