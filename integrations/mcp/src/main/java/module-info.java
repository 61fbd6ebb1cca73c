/** The tools of a tenant over the Model Context Protocol. */
module dev.bulla.integrations.mcp {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;
    requires io.modelcontextprotocol.sdk.mcp.core;
    requires org.slf4j;

    exports dev.bulla.integrations.mcp;
}
