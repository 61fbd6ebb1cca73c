import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const transport = new StreamableHTTPClientTransport(new URL(process.env.MCP_ADDRESS), {
    requestInit: { headers: { Authorization: 'Bearer ' + process.env.MCP_BEARER } },
});
const client = new Client({ name: 'agent', version: '1' });
await client.connect(transport);
const { tools } = await client.listTools();
console.log('tools', tools.map((tool) => tool.name).join(','));
const result = await client.callTool({ name: 'notes__who_am_i', arguments: {} });
console.log('result', result.isError, result.structuredContent.name);
try {
    await client.callTool({ name: 'notes__forget_me', arguments: {} });
} catch (e) {
    console.log('refused', e.code);
}
await transport.terminateSession();
await client.close();
