package dev.bulla.tool;

import java.util.Optional;

/**
 * What a call is.
 *
 * @param tool the tool that it surely is
 * @param unclear whether it may be a tool, and it is not sure which
 * @param tier how much it can do, at most
 * @param resource which resource it touches
 */
public record Match(Optional<Tool> tool, boolean unclear, Tier tier, Sight resource) {}
