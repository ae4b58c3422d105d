using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Providers;

/// <summary>Another company's system, which takes every call.</summary>
public sealed class ForeignSystem : ProviderServer
{
    protected override JsonObject Unauthorized => [];

    protected override JsonObject? Answer(ProviderCall call) => [];
}
