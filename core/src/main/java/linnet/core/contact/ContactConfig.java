package linnet.core.contact;

import linnet.core.id.NetworkId;

/**
 * Who this person is to others, and how many others there may be.
 *
 * @param name what the person calls themself; goes onto the card
 * @param network the network that invites are for
 * @param networkName its name, so that a fresh home can join by an invite
 */
public record ContactConfig(String name, NetworkId network, String networkName) {}
