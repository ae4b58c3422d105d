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

    /// <summary>Where a shop's system tells what was bought.</summary>
    public const string Purchases = "purchases";

    /// <summary>Where a call asks what its caller hears.</summary>
    public const string Voice = "voice";

    /// <summary>Where it is told what becomes of a call.</summary>
    public const string VoiceStatus = "voice/status";

    /// <summary>By what the provider knows the host, without a slash at its end.</summary>
    public string Host => new Uri(Address).GetLeftPart(UriPartial.Authority);

    /// <summary>The first value of a header; empty when there is none.</summary>
    public string Header(string name) => Headers[name] is [{ } value, ..] ? value : "";
}
