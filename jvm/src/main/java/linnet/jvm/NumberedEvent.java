package linnet.jvm;

import linnet.core.event.Event;

/**
 * An event with the number that it keeps for ever: whoever reads on from a number misses nothing and hears nothing twice.
 *
 * @param number from 1, without gaps
 * @param wallMillis when it became durable, by this device's clock
 * @param event what happened
 */
public record NumberedEvent(long number, long wallMillis, Event event) {}
