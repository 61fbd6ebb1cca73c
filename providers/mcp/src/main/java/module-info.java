/** MCP servers as providers. */
module dev.bulla.providers.mcp {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.mcp;
}
