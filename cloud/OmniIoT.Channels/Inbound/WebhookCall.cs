using Microsoft.AspNetCore.Http;

namespace OmniIoT.Channels.Inbound;

/// <summary>What a provider called with.</summary>
/// <param name="Part">What it called under the channel's address: <c>inbound</c>, <c>status</c>.</param>
/// <param name="Address">The whole address that the provider knows, the query included.</param>
public sealed record WebhookCall(
    string Method,
    string Part,
    string Address,
    IQueryCollection Query,
    IHeaderDictionary Headers,
    ReadOnlyMemory<byte> Body
)
{
    public const string Inbound = "inbound";
    public const string Status = "status";

    /// <summary>The first value of a header; empty when there is none.</summary>
    public string Header(string name) => Headers[name] is [{ } value, ..] ? value : "";
}
