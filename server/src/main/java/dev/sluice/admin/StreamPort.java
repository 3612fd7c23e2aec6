package dev.sluice.admin;

import dev.sluice.ledger.Feed;
import java.time.Duration;

/**
 * What streams of records are made of.
 *
 * @param feed gives each record as it is made, and knows who listens
 * @param keepAlive how long a stream may be silent before a comment is sent, so that nobody on the way takes it for dead
 */
public record StreamPort(Feed feed, Duration keepAlive) {}
