package linnet.sim.host;

/**
 * What the network does to everything that passes, drawn per seed and calm at the end.
 *
 * @param loss share of segments that need another try, 0 to 0.3
 * @param doubled share of decrypted envelopes that are handed on twice, 0 to 0.5
 * @param held share of decrypted envelopes that are held back and so overtaken, 0 to 0.5
 * @param heldMillisMax how long at most
 * @param changed share of channel messages with one byte changed on the way
 */
public record Weather(double loss, double doubled, double held, int heldMillisMax, double changed) {
    /** Nothing goes wrong. */
    public static final Weather CALM = new Weather(0, 0, 0, 0, 0);
}
