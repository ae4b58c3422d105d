using System.Net.Http.Headers;

namespace OmniIoT.Channels.Outbound;

/// <summary>Requests with a body of JSON.</summary>
public static class JsonRequests
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>A body without a charset: JSON is UTF-8 (RFC 8259, 8.1), and some providers compare the type to the letter.</summary>
    public static HttpContent Body(ReadOnlyMemory<byte> utf8) => new ReadOnlyMemoryContent(utf8) { Headers = { ContentType = Json } };
}
