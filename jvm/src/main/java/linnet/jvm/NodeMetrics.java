package linnet.jvm;

import java.util.Map;
import linnet.core.env.Failure;
import linnet.core.event.Stage;
import linnet.jvm.TimeHistogram.Times;

/**
 * What a node counts, at one moment. Counts begin at the start of the process and only grow; what is called {@code now} is how it
 * stands.
 *
 * @param messages messages of people
 * @param links links to other nodes
 * @param work the node's thread
 * @param disk the database
 */
public record NodeMetrics(Messages messages, Links links, Work work, Disk disk) {
    /**
     * Messages of people.
     *
     * @param accepted own messages that were taken in
     * @param received messages of others that were shown
     * @param stages how often an own message came to a stage
     * @param waitingNow own messages to contacts that are not delivered yet
     * @param contactsNow contacts
     * @param contactsReachedNow contacts with a device that is linked now
     */
    public record Messages(
            long accepted,
            long received,
            Map<Stage, Long> stages,
            long waitingNow,
            int contactsNow,
            int contactsReachedNow) {
        /** Fixes the map. */
        public Messages {
            stages = Map.copyOf(stages);
        }
    }

    /**
     * Links.
     *
     * @param upDialledNow links that are up and were dialled here
     * @param upTakenNow links that are up and were dialled by the other side
     * @param dialled channels that were opened from here; not every one becomes a link
     * @param taken channels that others opened
     * @param ups peers that became reachable: handshakes that came to a good end
     * @param downs peers that stopped being reachable, by cause
     * @param channelsBroken channels that the other side closed or that broke, by cause: handshakes that failed are among them
     * @param sent what went out
     * @param received what came in
     */
    public record Links(
            int upDialledNow,
            int upTakenNow,
            long dialled,
            long taken,
            long ups,
            Map<Failure.Code, Long> downs,
            Map<Failure.Code, Long> channelsBroken,
            Traffic sent,
            Traffic received) {
        /** Fixes the maps. */
        public Links {
            downs = Map.copyOf(downs);
            channelsBroken = Map.copyOf(channelsBroken);
        }
    }

    /**
     * What went one way.
     *
     * @param frames frames of protocols; those that a link sends for itself are not counted
     * @param records sealed records: messages of channels
     * @param bytes bytes of these records
     */
    public record Traffic(long frames, long records, long bytes) {}

    /**
     * The node's thread.
     *
     * @param inputs how long each input took: messages of channels, timers, calls, answers of the disk
     * @param waitingNow inputs that wait
     * @param dropped inputs that were dropped because of an error in the program
     * @param lives how often the core has begun: 1, and one more for each error that left half a batch
     */
    public record Work(Times inputs, int waitingNow, long dropped, long lives) {}

    /**
     * The database.
     *
     * @param commits how long each commit took, until the disk had it
     * @param batches batches that were committed; several may share a commit
     * @param waitingBatchesNow batches that wait for the disk
     * @param waitingBytesNow about what these hold
     * @param lastEvent number of the newest durable event
     */
    public record Disk(Times commits, long batches, int waitingBatchesNow, long waitingBytesNow, long lastEvent) {}
}
